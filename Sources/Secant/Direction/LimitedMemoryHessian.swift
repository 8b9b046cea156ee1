// Byrd, Nocedal and Schnabel 1994        here
// θ (γ in theorem 5.1)                   σ
// S, Y                                   the columns of `pairs`: pair j is y in column 2j and s in column 2j + 1
// D, L                                   the diagonal of SᵀY, and what of it belongs to pairs older than the row's
// SᵀS, SᵀY, YᵀY                          `products`, which is pairsᵀ pairs
// W = [Y θS]                             `pairs`; θ is in `scales`
// M                                      `middle`, factorised

/// The Hessian of a limited-memory quasi-Newton method in its compact form: what BFGS or SR1 makes of σI by the last
/// m pairs (s, y), as σI less a matrix of rank 2m or m.
///
/// B = σI − W M Wᵀ with W = [Y σS], M⁻¹ = [−D Lᵀ; L σSᵀS] for BFGS, and W = Y − σS, M⁻¹ = σSᵀS − D − L − Lᵀ for SR1,
/// where D and L are the diagonal and the strictly lower triangle of SᵀY. For BFGS σ = yᵀy/sᵀy of the newest pair, for
/// SR1 twice the greatest of all pairs held: what is not known yet is then taken to curve more, not less. Unlike the
/// two-loop recursion it gives products with B itself, and solves with parts of it: what a method with bounds or with
/// a trust region needs.
///
/// - **Demands**: pairs of points and their gradients.
/// - **Memory**: (2m + 3)n, and 20m².
/// - **Work per step**: with k ≤ m pairs held, 8kn flops an update, 8kn a product, O(k³) for the middle matrix, which
///   LAPACK's Bunch–Kaufman factors with each pair brought to sᵀy = 1.
/// - **Guarantees**: Bs = y for the newest pair. With BFGS B is positive definite in exact arithmetic: a pair enters
///   only if yᵀs > ε‖s‖‖y‖. With SR1 it may be indefinite; a pair enters only if |sᵀ(y − Bs)| > r‖s‖‖y − Bs‖.
/// - **Reference**: Byrd, Nocedal and Schnabel, *Math. Programming* 63 (1994) 129–156, theorems 2.3 and 5.1.
public struct LimitedMemoryHessian<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// The update that B is made by.
  public enum Formula: String, Sendable, Codable {
    /// Positive definite, from pairs of positive curvature.
    case bfgs
    /// Symmetric and of rank one a pair, from pairs of any curvature.
    case sr1
  }

  /// The update that B is made by.
  public let formula: Formula
  /// n, the number of variables.
  public let dimension: Int
  /// m, the largest number of pairs held.
  public let capacity: Int
  /// ε of BFGS in yᵀs > ε‖s‖‖y‖, or r of SR1 in |sᵀ(y − Bs)| > r‖s‖‖y − Bs‖.
  public let tolerance: Scalar
  /// σ, 1 without pairs.
  public private(set) var σ: Scalar = 1
  /// k, the number of pairs held.
  public private(set) var count = 0

  // Only the first 2k columns, and of the products the first 2k rows and columns, mean anything.
  private var pairs: Matrix<Scalar>
  private var products: Matrix<Scalar>
  /// The oldest pair.
  private var oldest = 0
  private var work: CompactWorkspace<Scalar>

  /// An empty memory, in which B = I.
  ///
  /// - Parameters:
  ///   - formula: the update that B is made by.
  ///   - dimension: n ≥ 0.
  ///   - capacity: m ≥ 1, the number of pairs; 5 to 20 is usual.
  ///   - tolerance: the least curvature of a pair, as a cosine; by default the rounding unit for BFGS, 1e-8 (in single
  ///     precision 1e-4) for SR1.
  public init(_ formula: Formula, dimension: Int, capacity: Int = 10, tolerance: Scalar? = nil) {
    precondition(dimension >= 0, "dimension \(dimension): a vector has at least 0 elements")
    precondition(capacity >= 1, "capacity \(capacity): a limited memory holds at least 1 pair")
    self.formula = formula
    self.dimension = dimension
    self.capacity = capacity
    self.tolerance = tolerance ?? Self.tolerance(of: formula)
    pairs = Matrix(zeros: dimension, 2 * capacity)
    products = Matrix(zeros: 2 * capacity, 2 * capacity)
    work = CompactWorkspace(shape: MatrixShape(rows: dimension, columns: capacity))
    // The first factorisation has the runtime make what later ones find: no step allocates.
    factor()
  }

  static func tolerance(of formula: Formula) -> Scalar {
    switch formula {
    case .bfgs: .ulpOfOne
    case .sr1: Scalar.ulpOfOne < 1e-10 ? 1e-8 : 1e-4
    }
  }

  /// Forgets every pair: B = σI.
  ///
  /// - Parameter σ: the multiple of the identity that B is then.
  public mutating func removeAll(leaving σ: Scalar = 1) { (self.σ, count, oldest) = (σ, 0, 0) }

  /// Takes s = x₊ − x and y = g₊ − g into the memory, in place of the oldest pair when it is full.
  ///
  /// - Returns: whether the pair passed the formula's test; B is unchanged if it did not.
  @discardableResult
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func update(
    from previous: (point: Vector<Scalar>, gradient: Vector<Scalar>),
    to current: (point: Vector<Scalar>, gradient: Vector<Scalar>)
  ) -> Bool {
    work.s.set(current.point, minus: previous.point)
    work.y.set(current.gradient, minus: previous.gradient)
    let (sᵀy, yᵀy, sNorm) = (work.s.dot(work.y), work.y.squaredNorm, work.s.norm)
    guard sNorm > 0, sNorm.isFinite, yᵀy.isFinite, sᵀy.isFinite else { return false }
    switch formula {
    case .bfgs:
      guard sᵀy > tolerance * sNorm * yᵀy.squareRoot(), (yᵀy / sᵀy).isFinite else { return false }
      σ = yᵀy / sᵀy
    case .sr1:
      // y − Bs, which is left where the product was.
      var r = Vector<Scalar>([])
      swap(&r, &work.r)
      defer { swap(&r, &work.r) }
      multiply(work.s, into: &r)
      r.scale(by: -1, adding: work.y, times: 1)
      // A pair that B knows already leaves rounding alone, which points anywhere; with it the pairs would be dependent.
      let (rNorm, known) = (r.norm, tolerance * yᵀy.squareRoot() + 100 * Scalar.ulpOfOne * σ * sNorm)
      guard rNorm > known, abs(work.s.dot(r)) > tolerance * sNorm * rNorm else { return false }
    }
    insert()
    if formula == .sr1 { σ = scaleAboveCurvature }
    factor()
    return true
  }

  /// sᵢᵀyⱼ, yᵢᵀyⱼ and sᵢᵀsⱼ.
  private func sᵀy(_ i: Int, _ j: Int) -> Scalar { products[2 * i + 1, 2 * j] }
  private func yᵀy(_ i: Int, _ j: Int) -> Scalar { products[2 * i, 2 * j] }
  private func sᵀs(_ i: Int, _ j: Int) -> Scalar { products[2 * i + 1, 2 * j + 1] }

  /// Twice the greatest yᵀy/sᵀy of the pairs held, or σ as it is where none curves upwards.
  private var scaleAboveCurvature: Scalar {
    var greatest: Scalar = 0
    for j in 0..<count where sᵀy(j, j) > 0 { greatest = Swift.max(greatest, yᵀy(j, j) / sᵀy(j, j)) }
    return greatest > 0 && greatest < .greatestFiniteMagnitude / 2 ? 2 * greatest : σ
  }

  /// Makes the candidate in `work` the newest pair.
  private mutating func insert() {
    let j: Int
    if count < capacity {
      j = count
      count += 1
    } else {
      j = oldest
      oldest = (oldest + 1) % capacity
    }
    let k = count
    pairs.setColumn(2 * j, to: work.y, times: 1)
    pairs.setColumn(2 * j + 1, to: work.s, times: 1)
    pairs.multiply(firstColumns: 2 * k, work.y, into: &work.w, transposed: true)
    products.setRowAndColumn(2 * j, work.w, count: 2 * k)
    pairs.multiply(firstColumns: 2 * k, work.s, into: &work.w, transposed: true)
    products.setRowAndColumn(2 * j + 1, work.w, count: 2 * k)
  }

  /// Which pair it is, counted from the oldest.
  private func age(_ j: Int) -> Int { (j - oldest + capacity) % capacity }

  /// Factors M⁻¹, with the pairs scaled so that its diagonal is of the order of one. Where the matrix is singular (an SR1
  /// memory that lost a pair), B begins anew.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  private mutating func factor() {
    let failure: FactorisationFailure?
    switch formula {
    case .bfgs:
      for j in 0..<count {
        let c = 1 / sᵀy(j, j).squareRoot()
        (work.scales[2 * j], work.scales[2 * j + 1]) = (c, σ * c)
      }
      // K with no variable free.
      work.gram.clear(first: 2 * count)
      setReduced(sumsFree: true)
      failure = work.middle.factor(work.matrix, order: 2 * count)
    case .sr1:
      for j in 0..<count { work.scales[j] = 1 / (yᵀy(j, j) + σ * (σ * sᵀs(j, j))).squareRoot() }
      for j in 0..<count {
        for i in j..<count {
          // D + L + Lᵀ takes sᵀy of the newer pair's s and the older one's y.
          let lowered = age(i) >= age(j) ? sᵀy(i, j) : sᵀy(j, i)
          work.matrix[i, j] = (σ * sᵀs(i, j) - lowered) * work.scales[i] * work.scales[j]
        }
      }
      failure = work.middle.factor(work.matrix, order: count)
    }
    if failure != nil { removeAll(leaving: σ) }
  }

  // MARK: Products

  /// product ← B v.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func multiply(_ v: Vector<Scalar>, into product: inout Vector<Scalar>) {
    product.set(v, times: σ)
    if count == 0 { return }
    // What is changed in place may not lie in `self`.
    var w = Vector<Scalar>([])
    swap(&w, &work.w)
    gather(v, into: &w)
    solveMiddle(&w)
    pairs.multiply(firstColumns: 2 * count, w, into: &product, times: -1, adding: 1)
    swap(&w, &work.w)
  }

  /// w ← Wᵀv but for σ, in 2m elements of which those beyond 2k are 0.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func gather(_ v: Vector<Scalar>, into w: inout Vector<Scalar>) {
    w.fill(with: 0)
    pairs.multiply(firstColumns: 2 * count, v, into: &w, transposed: true)
  }

  /// w ← row i of W, in the same way.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func row(_ i: Int, into w: inout Vector<Scalar>) {
    w.fill(with: 0)
    for j in 0..<2 * count { w[j] = pairs[i, j] }
  }

  /// w ← M w, with σ on both sides.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func solveMiddle(_ w: inout Vector<Scalar>) {
    switch formula {
    case .bfgs:
      w.multiply(by: work.scales)
      work.middle.solve(&w)
      w.multiply(by: work.scales)
    case .sr1:
      // W = Y − σS has half as many columns: in front they are solved for.
      for j in 0..<count { w[j] = (w[2 * j] - σ * w[2 * j + 1]) * work.scales[j] }
      work.middle.solve(&w)
      for j in (0..<count).reversed() {
        let t = w[j] * work.scales[j]
        (w[2 * j], w[2 * j + 1]) = (t, -σ * t)
      }
    }
  }

  // MARK: Solving with a part of B

  /// p ← −B⁻¹g over the free variables: p has zeros elsewhere, and the submatrix of B over them times p is −g there.
  ///
  /// By Sherman, Morrison and Woodbury, from K = M⁻¹ − W_FᵀW_F/σ, in which what cancels is left out:
  /// K = [−D − Y_FᵀY_F/σ, Lᵀ − Y_FᵀS_F; L − S_FᵀY_F, σS_AᵀS_A]. With every variable free it is what the two-loop
  /// recursion computes.
  ///
  /// - Parameters:
  ///   - p: the result.
  ///   - g: the right-hand side; only its free elements count.
  ///   - free: 1 for a free variable, 0 for one that is held.
  /// - Returns: whether there is a result: false where K is singular to working precision.
  @discardableResult
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func solve(
    _ p: inout Vector<Scalar>, against g: Vector<Scalar>, over free: Vector<Scalar>
  ) -> Bool {
    precondition(formula == .bfgs, "only the positive definite B of BFGS is solved with: choose .bfgs")
    p.set(g, multipliedBy: free)
    guard count > 0 else {
      p.scale(by: -1 / σ)
      return true
    }
    // From the products over the free or over the held variables, whichever are fewer.
    let freeCount = Int(free.sum)
    let sumsFree = 2 * freeCount <= dimension
    sumGram(where: sumsFree ? 1 : 0, in: free, of: sumsFree ? freeCount : dimension - freeCount)
    setReduced(sumsFree: sumsFree)
    guard work.reduced.factor(work.matrix, order: 2 * count) == nil else { return false }
    pairs.multiply(firstColumns: 2 * count, p, into: &work.w, transposed: true)
    work.w.multiply(by: work.scales)
    work.reduced.solve(&work.w)
    work.w.multiply(by: work.scales)
    p.scale(by: -1 / σ)
    pairs.multiply(firstColumns: 2 * count, work.w, into: &p, times: -1 / (σ * σ), adding: 1)
    p.multiply(by: free)
    return true
  }

  /// matrix ← K, its rows in the order of `pairs`, from the products over the free or over the held variables in `gram`.
  private mutating func setReduced(sumsFree: Bool) {
    for j in 0..<count {
      for i in 0..<count {
        let c = work.scales[2 * i] * work.scales[2 * j]
        // Of a symmetric matrix the lower triangle counts.
        let (low, high) = (Swift.min(i, j), Swift.max(i, j))
        let (yᵀy, sᵀs) = (work.gram[2 * high, 2 * low], work.gram[2 * high + 1, 2 * low + 1])
        let sᵀy = i < j ? work.gram[2 * j, 2 * i + 1] : work.gram[2 * i + 1, 2 * j]
        let free = sumsFree ? yᵀy : self.yᵀy(i, j) - yᵀy
        let held = sumsFree ? self.sᵀs(i, j) - sᵀs : sᵀs
        let isLower = age(i) > age(j)
        let L_minusFree: Scalar =
          sumsFree ? (isLower ? self.sᵀy(i, j) : 0) - sᵀy : sᵀy - (isLower ? 0 : self.sᵀy(i, j))
        work.matrix[2 * i, 2 * j] = -(i == j ? 1 : 0) - free / σ * c
        work.matrix[2 * i + 1, 2 * j + 1] = σ * held * c
        work.matrix[2 * i + 1, 2 * j] = L_minusFree * c
        work.matrix[2 * j, 2 * i + 1] = L_minusFree * c
      }
    }
  }

  /// gram ← pairsᵀ pairs over the rows whose mask is `marked`, a block of them at a time.
  private mutating func sumGram(where marked: Scalar, in mask: Vector<Scalar>, of total: Int) {
    let (n, columns, block) = (dimension, 2 * count, CompactWorkspace<Scalar>.blockSize)
    work.gram.clear(first: columns)
    var (row, left) = (0, total)
    while left > 0 {
      if left < block { work.rows.fill(with: 0) }
      let filled = Swift.min(left, block)
      work.rows.withUnsafeMutableBufferPointer { rows in
        mask.withUnsafeBufferPointer { mask in
          pairs.withUnsafeBufferPointer { pairs in
            var k = 0
            while k < filled {
              if mask[row] == marked {
                for j in 0..<columns { rows[k + block * j] = pairs[row + n * j] }
                k += 1
              }
              row += 1
            }
          }
        }
      }
      work.gram.addGram(firstColumns: columns, of: work.rows)
      left -= filled
    }
  }

  /// The i-th pair held, the oldest first, in new vectors: for tests and for looking.
  package func pair(_ i: Int) -> (s: Vector<Scalar>, y: Vector<Scalar>) {
    precondition(i >= 0 && i < count, "pair \(i) of \(count): the index counts from 0, the oldest first")
    let j = (oldest + i) % capacity
    return (
      Vector((0..<dimension).map { pairs[$0, 2 * j + 1] }), Vector((0..<dimension).map { pairs[$0, 2 * j] })
    )
  }
}

/// What the compact form computes with; nothing in it but the factor of M⁻¹ outlives an operation, and that is made from
/// the products.
struct CompactWorkspace<Scalar: LAPACKScalar>: Workspace {
  static var blockSize: Int { 64 }

  /// n × m.
  let shape: MatrixShape
  var s: Vector<Scalar>
  var y: Vector<Scalar>
  var r: Vector<Scalar>
  var w: Vector<Scalar>
  var scales: Vector<Scalar>
  var matrix: Matrix<Scalar>
  var gram: Matrix<Scalar>
  var rows: Matrix<Scalar>
  var middle: BunchKaufman<Scalar>
  var reduced: BunchKaufman<Scalar>

  init(shape: MatrixShape) {
    self.shape = shape
    let (n, m) = (shape.rows, shape.columns)
    s = Vector(zeros: n)
    y = Vector(zeros: n)
    r = Vector(zeros: n)
    w = Vector(zeros: 2 * m)
    scales = Vector(repeating: 1, count: 2 * m)
    matrix = Matrix(zeros: 2 * m, 2 * m)
    gram = Matrix(zeros: 2 * m, 2 * m)
    rows = Matrix(zeros: Self.blockSize, 2 * m)
    middle = BunchKaufman(dimension: 2 * m)
    reduced = BunchKaufman(dimension: 2 * m)
  }
}

extension Matrix {
  /// Row and column j of a symmetric matrix, as far as the first `count` elements.
  mutating func setRowAndColumn(_ j: Int, _ x: Vector<Scalar>, count: Int) {
    for i in 0..<count {
      self[i, j] = x[i]
      self[j, i] = x[i]
    }
  }

  /// Zeros in the first k rows and columns.
  mutating func clear(first k: Int) { for j in 0..<k { for i in 0..<k { self[i, j] = 0 } } }
}

extension LimitedMemoryHessian: Codable {
  private enum CodingKeys: String, CodingKey {
    case formula, dimension, capacity, tolerance, count, oldest, pairs, products
    case scale = "sigma"
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(formula, forKey: .formula)
    try container.encode(dimension, forKey: .dimension)
    try container.encode(capacity, forKey: .capacity)
    try container.encode(tolerance, forKey: .tolerance)
    try container.encode(σ, forKey: .scale)
    try container.encode(count, forKey: .count)
    try container.encode(oldest, forKey: .oldest)
    try container.encode(pairs, forKey: .pairs)
    try container.encode(products, forKey: .products)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let dimension = try container.decode(Int.self, forKey: .dimension)
    let capacity = try container.decode(Int.self, forKey: .capacity)
    let count = try container.decode(Int.self, forKey: .count)
    let oldest = try container.decode(Int.self, forKey: .oldest)
    let pairs = try container.decode(Matrix<Scalar>.self, forKey: .pairs)
    let products = try container.decode(Matrix<Scalar>.self, forKey: .products)
    guard dimension >= 0, capacity >= 1, (0...capacity).contains(count), (0..<capacity).contains(oldest),
      pairs.rows == dimension, pairs.columns == 2 * capacity,
      products.rows == 2 * capacity, products.columns == 2 * capacity
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .count, in: container,
        debugDescription: "no limited memory of \(count) of \(capacity) pairs in \(dimension) variables")
    }
    self.init(
      try container.decode(Formula.self, forKey: .formula), dimension: dimension, capacity: capacity,
      tolerance: try container.decode(Scalar.self, forKey: .tolerance))
    σ = try container.decode(Scalar.self, forKey: .scale)
    (self.count, self.oldest, self.pairs, self.products) = (count, oldest, pairs, products)
    if count > 0 { factor() }
  }
}
