// Byrd, Nocedal and Schnabel 1994        here
// θ (γ in theorem 5.1)                   σ
// S, Y                                   S, Y: a column for each pair
// D, L                                   the diagonal of `SᵀY`, and what of it belongs to pairs older than the row's
// W = [Y θS]                             gather, scatter
// M                                      `middle`, factorised

internal import RealModule

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
/// - **Memory**: 2(m + 1)n, and O(m²).
/// - **Work per step**: 8mn flops an update, 8mn a product, O(m³) for the middle matrix, which LAPACK's Bunch–Kaufman
///   factors with each pair brought to sᵀy = 1.
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
  /// The number of pairs held.
  public private(set) var count = 0

  // Pair j is column j; beyond `count` the columns are zero.
  private var S: Matrix<Scalar>
  private var Y: Matrix<Scalar>
  private var SᵀS: Matrix<Scalar>
  private var SᵀY: Matrix<Scalar>
  private var YᵀY: Matrix<Scalar>
  /// The column of the oldest pair.
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
    S = Matrix(zeros: dimension, capacity)
    Y = Matrix(zeros: dimension, capacity)
    SᵀS = Matrix(zeros: capacity, capacity)
    SᵀY = Matrix(zeros: capacity, capacity)
    YᵀY = Matrix(zeros: capacity, capacity)
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
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func removeAll(leaving σ: Scalar = 1) {
    for j in 0..<count {
      S.clearColumn(j)
      Y.clearColumn(j)
    }
    SᵀS.fill(with: 0)
    SᵀY.fill(with: 0)
    YᵀY.fill(with: 0)
    (self.σ, count, oldest) = (σ, 0, 0)
  }

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
      var r = Vector<Scalar>(zeros: 0)
      swap(&r, &work.r)
      defer { swap(&r, &work.r) }
      multiply(work.s, into: &r)
      r.scale(by: -1, adding: work.y, times: 1)
      guard abs(work.s.dot(r)) > tolerance * sNorm * r.norm else { return false }
    }
    insert()
    if formula == .sr1 { σ = scaleAboveCurvature }
    factor()
    return true
  }

  /// Twice the greatest yᵀy/sᵀy of the pairs held, or σ as it is where none curves upwards.
  private var scaleAboveCurvature: Scalar {
    var greatest: Scalar = 0
    for j in 0..<count where SᵀY[j, j] > 0 { greatest = Swift.max(greatest, YᵀY[j, j] / SᵀY[j, j]) }
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
    S.setColumn(j, work.s)
    Y.setColumn(j, work.y)
    S.multiply(work.s, into: &work.top, transposed: true)
    SᵀS.setRowAndColumn(j, work.top)
    Y.multiply(work.y, into: &work.top, transposed: true)
    YᵀY.setRowAndColumn(j, work.top)
    S.multiply(work.y, into: &work.top, transposed: true)
    Y.multiply(work.s, into: &work.bottom, transposed: true)
    for i in 0..<capacity {
      SᵀY[i, j] = work.top[i]
      SᵀY[j, i] = work.bottom[i]
    }
  }

  /// Which pair the column holds, counted from the oldest.
  private func age(_ j: Int) -> Int { (j - oldest + capacity) % capacity }

  /// Factors M⁻¹, with the pairs scaled so that its diagonal is of the order of one; columns without a pair are those of
  /// the identity. Where the matrix is singular (an SR1 memory that lost a pair), B begins anew.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  private mutating func factor() {
    let (m, k) = (capacity, count)
    work.matrix.fill(with: 0)
    work.matrix.addToDiagonal(1)
    for j in 0..<k {
      let square: Scalar =
        formula == .bfgs ? SᵀY[j, j] : YᵀY[j, j] + σ * (σ * SᵀS[j, j])
      work.scales[j] = 1 / square.squareRoot()
      work.scales[m + j] = work.scales[j]
    }
    for j in 0..<k {
      for i in 0..<k {
        let c = work.scales[i] * work.scales[j]
        switch formula {
        case .bfgs:
          if i == j { work.matrix[i, i] = -1 }
          work.matrix[m + i, j] = age(i) > age(j) ? SᵀY[i, j] * c : 0
          if i >= j { work.matrix[m + i, m + j] = σ * SᵀS[i, j] * c }
        case .sr1:
          // Below and on the diagonal of SᵀY in the pairs' order, whichever of the two is lower here.
          let lowered = age(i) >= age(j) ? SᵀY[i, j] : SᵀY[j, i]
          if i >= j { work.matrix[i, j] = (σ * SᵀS[i, j] - lowered) * c }
        }
      }
    }
    if work.middle.factor(work.matrix) != nil { removeAll(leaving: σ) }
  }

  // MARK: Products

  /// product ← B v.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func multiply(_ v: Vector<Scalar>, into product: inout Vector<Scalar>) {
    product.set(v, times: σ)
    if count == 0 { return }
    var w = takeScratch()
    gather(v, into: &w)
    solveMiddle(&w)
    scatter(w, times: -1, into: &product)
    swap(&w, &work.w)
  }

  /// The scratch of 2m elements, which has to be put back: what is changed in place may not lie in `self`.
  private mutating func takeScratch() -> Vector<Scalar> {
    var w = Vector<Scalar>([])
    swap(&w, &work.w)
    return w
  }

  /// w ← Wᵀv, in 2m elements: Yᵀv and σSᵀv.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  mutating func gather(_ v: Vector<Scalar>, into w: inout Vector<Scalar>) {
    Y.multiply(v, into: &work.top, transposed: true)
    S.multiply(v, into: &work.bottom, times: σ, transposed: true)
    w.join(work.top, work.bottom)
  }

  /// w ← row i of W.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func row(_ i: Int, into w: inout Vector<Scalar>) {
    for j in 0..<capacity {
      w[j] = Y[i, j]
      w[capacity + j] = σ * S[i, j]
    }
  }

  /// v ← v + a W w.
  mutating func scatter(_ w: Vector<Scalar>, times a: Scalar, into v: inout Vector<Scalar>) {
    w.split(&work.top, &work.bottom)
    Y.multiply(work.top, into: &v, times: a, adding: 1)
    S.multiply(work.bottom, into: &v, times: a * σ, adding: 1)
  }

  /// w ← M w; for SR1, whose W is Y − σS, written with both halves.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func solveMiddle(_ w: inout Vector<Scalar>) {
    let m = capacity
    if formula == .sr1 {
      for j in 0..<m {
        w[j] -= w[m + j]
        w[m + j] = 0
      }
    }
    w.multiply(by: work.scales)
    work.middle.solve(&w)
    w.multiply(by: work.scales)
    if formula == .sr1 { for j in 0..<m { w[m + j] = -w[j] } }
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
    if count > 0 {
      guard factorReduced(over: free) else { return false }
      var w = takeScratch()
      gather(p, into: &w)
      w.multiply(by: work.scales)
      work.reduced.solve(&w)
      w.multiply(by: work.scales)
      p.scale(by: -1 / σ)
      scatter(w, times: -1 / (σ * σ), into: &p)
      swap(&w, &work.w)
      p.multiply(by: free)
    } else {
      p.scale(by: -1 / σ)
    }
    return true
  }

  /// Factors K, from the Gram matrices of the rows of the free or of the held variables, whichever are fewer.
  private mutating func factorReduced(over free: Vector<Scalar>) -> Bool {
    let (m, k) = (capacity, count)
    let freeCount = Int(free.sum)
    let sumsFree = 2 * freeCount <= dimension
    sumGram(where: sumsFree ? 1 : 0, in: free, of: sumsFree ? freeCount : dimension - freeCount)
    work.matrix.fill(with: 0)
    work.matrix.addToDiagonal(1)
    for j in 0..<k {
      for i in 0..<k {
        let c = work.scales[i] * work.scales[j]
        let (yᵀy, sᵀy, sᵀs) = (
          work.gram[Swift.max(i, j), Swift.min(i, j)], work.gram[m + i, j],
          work.gram[m + Swift.max(i, j), m + Swift.min(i, j)]
        )
        if i >= j {
          let free = sumsFree ? yᵀy : YᵀY[i, j] - yᵀy
          let held = sumsFree ? SᵀS[i, j] - sᵀs : sᵀs
          work.matrix[i, j] = -(i == j ? 1 : 0) - free / σ * c
          work.matrix[m + i, m + j] = σ * held * c
        }
        let isLower = age(i) > age(j)
        // L − S_FᵀY_F, where S_FᵀY_F is all of SᵀY but for the held variables' part.
        let difference: Scalar =
          sumsFree ? (isLower ? SᵀY[i, j] : 0) - sᵀy : sᵀy - (isLower ? 0 : SᵀY[i, j])
        work.matrix[m + i, j] = difference * c
      }
    }
    return work.reduced.factor(work.matrix) == nil
  }

  /// gram ← [Y S]ᵀ[Y S] over the rows whose mask is `marked`, a block of them at a time.
  private mutating func sumGram(where marked: Scalar, in mask: Vector<Scalar>, of total: Int) {
    let (n, m, block) = (dimension, capacity, CompactWorkspace<Scalar>.blockSize)
    work.gram.fill(with: 0)
    var (row, left) = (0, total)
    while left > 0 {
      if left < block { work.rows.fill(with: 0) }
      let filled = Swift.min(left, block)
      work.rows.withUnsafeMutableBufferPointer { rows in
        mask.withUnsafeBufferPointer { mask in
          Y.withUnsafeBufferPointer { Y in
            S.withUnsafeBufferPointer { S in
              var k = 0
              while k < filled {
                if mask[row] == marked {
                  for j in 0..<count {
                    rows[k + block * j] = Y[row + n * j]
                    rows[k + block * (m + j)] = S[row + n * j]
                  }
                  k += 1
                }
                row += 1
              }
            }
          }
        }
      }
      work.gram.setGram(work.rows, transposed: true, adding: 1)
      left -= filled
    }
  }

  /// The i-th pair held, the oldest first, in new vectors: for tests and for looking.
  public func pair(_ i: Int) -> (s: Vector<Scalar>, y: Vector<Scalar>) {
    precondition(i >= 0 && i < count, "pair \(i) of \(count): the index counts from 0, the oldest first")
    let j = (oldest + i) % capacity
    return (Vector((0..<dimension).map { S[$0, j] }), Vector((0..<dimension).map { Y[$0, j] }))
  }
}

/// What the compact form computes with; nothing in it but the factor of M⁻¹ outlives an operation, and that is made from
/// the Gram matrices.
struct CompactWorkspace<Scalar: LAPACKScalar>: Workspace {
  static var blockSize: Int { 64 }

  /// n × m.
  let shape: MatrixShape
  var s: Vector<Scalar>
  var y: Vector<Scalar>
  var r: Vector<Scalar>
  var w: Vector<Scalar>
  var top: Vector<Scalar>
  var bottom: Vector<Scalar>
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
    top = Vector(zeros: m)
    bottom = Vector(zeros: m)
    scales = Vector(repeating: 1, count: 2 * m)
    matrix = Matrix(zeros: 2 * m, 2 * m)
    gram = Matrix(zeros: 2 * m, 2 * m)
    rows = Matrix(zeros: Self.blockSize, 2 * m)
    middle = BunchKaufman(dimension: 2 * m)
    reduced = BunchKaufman(dimension: 2 * m)
  }
}

extension Matrix {
  mutating func setColumn(_ j: Int, _ x: Vector<Scalar>) {
    let n = rows
    withUnsafeMutableBufferPointer { a in
      x.withUnsafeBufferPointer { x in for i in 0..<n { a[i + n * j] = x[i] } }
    }
  }

  mutating func clearColumn(_ j: Int) {
    let n = rows
    withUnsafeMutableBufferPointer { a in for i in 0..<n { a[i + n * j] = 0 } }
  }

  mutating func setRowAndColumn(_ j: Int, _ x: Vector<Scalar>) {
    for i in x.indices {
      self[i, j] = x[i]
      self[j, i] = x[i]
    }
  }
}

extension Vector {
  /// x ← (y, z), one behind the other.
  mutating func join(_ y: Vector, _ z: Vector) {
    for i in y.indices {
      self[i] = y[i]
      self[y.count + i] = z[i]
    }
  }

  /// y, z ← the halves of x.
  func split(_ y: inout Vector, _ z: inout Vector) {
    for i in y.indices {
      y[i] = self[i]
      z[i] = self[y.count + i]
    }
  }
}

extension LimitedMemoryHessian: Codable {
  private enum CodingKeys: String, CodingKey {
    case formula, dimension, capacity, tolerance, count, oldest, S, Y
    case scale = "sigma"
    case gramS, gramSY, gramY
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
    try container.encode(S, forKey: .S)
    try container.encode(Y, forKey: .Y)
    try container.encode(SᵀS, forKey: .gramS)
    try container.encode(SᵀY, forKey: .gramSY)
    try container.encode(YᵀY, forKey: .gramY)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let dimension = try container.decode(Int.self, forKey: .dimension)
    let capacity = try container.decode(Int.self, forKey: .capacity)
    let count = try container.decode(Int.self, forKey: .count)
    let oldest = try container.decode(Int.self, forKey: .oldest)
    let (S, Y) = (
      try container.decode(Matrix<Scalar>.self, forKey: .S),
      try container.decode(Matrix<Scalar>.self, forKey: .Y)
    )
    let grams = try [CodingKeys.gramS, .gramSY, .gramY].map { key in
      try container.decode(Matrix<Scalar>.self, forKey: key)
    }
    guard dimension >= 0, capacity >= 1, (0...capacity).contains(count), (0..<capacity).contains(oldest),
      [S, Y].allSatisfy({ $0.rows == dimension && $0.columns == capacity }),
      grams.allSatisfy({ $0.rows == capacity && $0.columns == capacity })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .count, in: container,
        debugDescription: "no limited memory of \(count) of \(capacity) pairs in \(dimension) variables")
    }
    self.init(
      try container.decode(Formula.self, forKey: .formula), dimension: dimension, capacity: capacity,
      tolerance: try container.decode(Scalar.self, forKey: .tolerance))
    σ = try container.decode(Scalar.self, forKey: .scale)
    (self.count, self.oldest, self.S, self.Y) = (count, oldest, S, Y)
    (SᵀS, SᵀY, YᵀY) = (grams[0], grams[1], grams[2])
    if count > 0 { factor() }
  }
}
