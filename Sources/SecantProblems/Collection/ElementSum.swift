/// Receives the elements of f(x) = Σ Gₑ(αₑ(x)) one after another, with what is asked for of their derivatives.
///
/// An element is a function α of a few variables, or a linear one of many, inside a function of one variable: G = h
/// (``add(_:_:)``) or G = h² (``square(_:_:)``), where h is α itself unless an ``Outer`` function is given. Of α the
/// problem names the derivatives that are not zero; the chain rule is applied here, once for all problems:
///
/// ∇f = Σ G′∇α, ∇²f = Σ G″∇α∇αᵀ + G′∇²α.
public struct ElementSum {
  /// What the elements are added up to.
  enum Target {
    case value
    case gradient(UnsafeMutablePointer<Double>)
    case product(with: UnsafePointer<Double>, UnsafeMutablePointer<Double>)
    case hessian(UnsafeMutablePointer<Double>, rows: Int)
    case residuals(UnsafeMutablePointer<Double>)
    case jacobian(UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, rows: Int)
    case residualCount
  }

  /// A function h of one variable at a point: its value and two derivatives.
  public struct Outer {
    var h, first, second: Double

    /// h, h′ and h″.
    public init(_ h: Double, _ first: Double, _ second: Double) {
      self.h = h
      self.first = first
      self.second = second
    }
  }

  /// The derivatives of α that are not zero: `d[j] = ∂α/∂xⱼ` and `d[j, k] = ∂²α/∂xⱼ∂xₖ`, the latter once for each
  /// pair. What is set twice adds up.
  ///
  /// The first ones are kept until all are known; the second ones go where they belong at once.
  public struct Derivatives {
    struct First {
      var j: Int
      var value: Double
    }
    let target: Target
    let first: UnsafeMutableBufferPointer<First>
    var firstCount = 0
    /// G′ of the element.
    var slope = 0.0

    init(target: Target, first: UnsafeMutableBufferPointer<First>) {
      self.target = target
      self.first = first
    }

    public subscript(j: Int) -> Double {
      get { 0 }
      @inline(__always) set {
        precondition(firstCount < first.count, "an element has more than the \(first.count) entries declared")
        first[firstCount] = First(j: j, value: newValue)
        firstCount += 1
      }
    }

    public subscript(j: Int, k: Int) -> Double {
      get { 0 }
      @inline(__always) nonmutating set {
        switch target {
        case .product(let v, let product):
          product[j] += slope * newValue * v[k]
          if j != k { product[k] += slope * newValue * v[j] }
        case .hessian(let H, let rows):
          H[j + rows * k] += slope * newValue
          if j != k { H[k + rows * j] += slope * newValue }
        default: break
        }
      }
    }
  }

  /// Σ G so far.
  var value = 0.0
  /// Elements so far.
  var count = 0
  var derivatives: Derivatives

  init(_ derivatives: Derivatives) { self.derivatives = derivatives }

  var target: Target { derivatives.target }

  /// Adds α.
  @inline(__always) public mutating func add(_ α: Double, _ describe: (inout Derivatives) -> Void) {
    value += α
    take(1, 0, describe)
  }

  /// Adds h(α).
  @inline(__always) public mutating func add(_ outer: Outer, _ describe: (inout Derivatives) -> Void) {
    value += outer.h
    take(outer.first, outer.second, describe)
  }

  /// Adds α², a residual squared.
  @inline(__always) public mutating func square(_ α: Double, _ describe: (inout Derivatives) -> Void) {
    square(Outer(α, 1, 0), describe)
  }

  /// Adds h(α)², a residual squared.
  @inline(__always) public mutating func square(_ outer: Outer, _ describe: (inout Derivatives) -> Void) {
    value += outer.h * outer.h
    switch target {
    case .residuals(let r): r[count] = outer.h
    case .jacobian(let r, let J, let rows):
      r[count] = outer.h
      describe(&derivatives)
      for entry in derivatives.first[..<derivatives.firstCount] {
        J[count + rows * entry.j] += outer.first * entry.value
      }
      derivatives.firstCount = 0
    default:
      take(
        2 * outer.h * outer.first, 2 * (outer.first * outer.first + outer.h * outer.second), describe)
      return
    }
    count += 1
  }

  /// G′ and G″ are known: the chain rule.
  @inline(__always) private mutating func take(
    _ G1: Double, _ G2: Double, _ describe: (inout Derivatives) -> Void
  ) {
    count += 1
    switch target {
    case .value, .residualCount, .residuals, .jacobian: return
    case .gradient, .product, .hessian: break
    }
    derivatives.slope = G1
    describe(&derivatives)
    let first = derivatives.first[..<derivatives.firstCount]
    switch target {
    case .gradient(let g):
      for entry in first { g[entry.j] += G1 * entry.value }
    case .product(let v, let product):
      var slope = 0.0
      for entry in first { slope += entry.value * v[entry.j] }
      for entry in first { product[entry.j] += G2 * slope * entry.value }
    case .hessian(let H, let rows):
      if G2 != 0 {
        for a in first { for b in first { H[a.j + rows * b.j] += G2 * (a.value * b.value) } }
      }
    default: break
    }
    derivatives.firstCount = 0
  }
}
