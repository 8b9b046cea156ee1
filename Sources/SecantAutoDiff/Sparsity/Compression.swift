internal import SecantLinearAlgebra

/// How the elements of a sparse matrix are read from its products with one vector for each colour.
struct Compression<Scalar: LAPACKScalar> {
  /// The vertices, those of colour c in `members[starts[c]..<starts[c + 1]]`.
  private var members: [Int] = []
  private var memberStarts = [0]
  /// Which element of the product with colour c is which stored element of the matrix.
  private var readings: [(source: Int, position: Int)] = []
  private var readingStarts = [0]
  private var seed: Vector<Scalar>
  private var product: Vector<Scalar>

  private init(
    _ colouring: Colouring, products count: Int, _ readings: [(colour: Int, source: Int, position: Int)]
  ) {
    var membersOf = [[Int]](repeating: [], count: colouring.count)
    for (v, colour) in colouring.colours.enumerated() { membersOf[colour].append(v) }
    var readingsOf = [[(source: Int, position: Int)]](repeating: [], count: colouring.count)
    for reading in readings { readingsOf[reading.colour].append((reading.source, reading.position)) }
    for colour in 0..<colouring.count where !readingsOf[colour].isEmpty {
      members += membersOf[colour]
      memberStarts.append(members.count)
      self.readings += readingsOf[colour]
      readingStarts.append(self.readings.count)
    }
    seed = Vector(zeros: colouring.colours.count)
    product = Vector(zeros: count)
  }

  /// Products A s of the columns of one colour.
  init(columnsOf pattern: SparsityPattern, _ colouring: Colouring) {
    var readings: [(colour: Int, source: Int, position: Int)] = []
    for j in 0..<pattern.columns {
      for p in pattern.starts[j]..<pattern.starts[j + 1] {
        readings.append((colouring.colours[j], pattern.rowIndices[p], p))
      }
    }
    self.init(colouring, products: pattern.rows, readings)
  }

  /// Products Aᵀ s of the rows of one colour.
  init(rowsOf pattern: SparsityPattern, _ colouring: Colouring) {
    var readings: [(colour: Int, source: Int, position: Int)] = []
    for j in 0..<pattern.columns {
      for p in pattern.starts[j]..<pattern.starts[j + 1] {
        readings.append((colouring.colours[pattern.rowIndices[p]], j, p))
      }
    }
    self.init(colouring, products: pattern.columns, readings)
  }

  /// Products of a symmetric matrix with a star colouring: both images of an element are read at the same place.
  init(starsOf pattern: SparsityPattern, _ colouring: Colouring) {
    let colours = colouring.colours
    // Whether, in the row i, the column k is the only one of its colour: then (i, k) stands alone in its sum. The rows are
    // the columns.
    var isAlone = [Bool](repeating: false, count: pattern.count)
    var count = [Int](repeating: 0, count: colouring.count)
    for i in 0..<pattern.columns {
      for k in pattern[column: i] { count[colours[k]] += 1 }
      for p in pattern.starts[i]..<pattern.starts[i + 1] {
        isAlone[p] = count[colours[pattern.rowIndices[p]]] == 1
      }
      for k in pattern[column: i] { count[colours[k]] = 0 }
    }
    let mirror = pattern.transposition.positions
    var readings: [(colour: Int, source: Int, position: Int)] = []
    for i in 0..<pattern.columns {
      for p in pattern.starts[i]..<pattern.starts[i + 1] where pattern.rowIndices[p] <= i {
        let k = pattern.rowIndices[p]
        precondition(isAlone[p] || isAlone[mirror[p]], "no star colouring: [\(k), \(i)] cannot be recovered")
        let (colour, source) = isAlone[p] ? (colours[k], i) : (colours[i], k)
        readings.append((colour, source, p))
        if k != i { readings.append((colour, source, mirror[p])) }
      }
    }
    self.init(colouring, products: pattern.columns, readings)
  }

  /// The number of products: colours of which nothing is read need none.
  var count: Int { memberStarts.count - 1 }

  /// Computes the matrix from its products.
  mutating func evaluate(
    into elements: inout Vector<Scalar>, multiply: (Vector<Scalar>, inout Vector<Scalar>) -> Void
  ) {
    for c in 0..<count {
      for v in members[memberStarts[c]..<memberStarts[c + 1]] { seed[v] = 1 }
      multiply(seed, &product)
      for v in members[memberStarts[c]..<memberStarts[c + 1]] { seed[v] = 0 }
      for reading in readings[readingStarts[c]..<readingStarts[c + 1]] {
        elements[reading.position] = product[reading.source]
      }
    }
  }
}
