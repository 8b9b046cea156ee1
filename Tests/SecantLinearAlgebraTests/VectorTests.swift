import SecantLinearAlgebra
import Testing

@Test func dot() { #expect(Vector<Double>([1, 2]).dot([3, 4]) == 11) }
