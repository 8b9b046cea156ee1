// A user of Secant writes vectors on the first line: one import is enough.
@_exported public import SecantLinearAlgebra
