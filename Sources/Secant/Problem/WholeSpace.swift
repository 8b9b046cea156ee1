/// The domain of a problem without constraints: x may be any vector.
public struct WholeSpace: Sendable {}
