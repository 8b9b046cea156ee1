import Foundation
import Secant
import Testing

@Suite struct OrthogonalisationTests {
  static let choices: [Orthogonalisation] = [
    .newtonSchulz(.jordan), .newtonSchulz(.dion), .newtonSchulz(.polarExpress(steps: 8)), .polarFactor,
  ]

  /// The least and greatest singular value of a step, by the report that the polar factor makes on demand.
  static func range<Scalar: LAPACKScalar>(
    _ orthogonalisation: Orthogonalisation, rows: Int, columns: Int, _: Scalar.Type
  ) -> (least: Scalar, greatest: Scalar) {
    let layout = Layout().matrix("w", rows: rows, columns: columns, role: .hidden)
    let c = Vector<Scalar>((0..<rows * columns).map { Scalar.sin(Scalar($0 * $0 + 1)) })
    let step = trajectory(
      Descent.muon(rate: 1, momentum: 0, orthogonalisation: orthogonalisation),
      on: LinearFunction(c: c, layout: layout), from: Vector(zeros: c.count), steps: 1)[0]
    var w = Matrix(layout.blocks[0], of: step)
    w.scale(by: 1 / max(1, Scalar(rows) / Scalar(columns)).squareRoot())
    var polar = PolarFactor<Scalar>(rows: rows, columns: columns)
    return polar.singularValueRange(of: w)!
  }

  /// How orthogonal each choice makes a step: a square, and long rectangles, whose steps go by the Gram matrix.
  @Test(arguments: [(5, 5), (4, 16), (16, 4)])
  func reachesItsBand(rows: Int, columns: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ rounding: Scalar) {
      for (choice, band) in zip(
        Self.choices, [(0.68, 1.14), (0.97, 1.04), (0.999_99, 1.000_01), (1, 1)] as [(Scalar, Scalar)])
      {
        let (least, greatest) = Self.range(choice, rows: rows, columns: columns, Scalar.self)
        #expect(least >= band.0 - rounding && greatest <= band.1 + rounding, "\(choice)")
      }
    }
    check(Double.self, 1e-12)
    check(Float.self, 1e-4)
  }

  @Test func encodes() throws {
    for choice in Self.choices {
      let code = try JSONEncoder().encode(choice)
      #expect(try JSONDecoder().decode(Orthogonalisation.self, from: code) == choice)
    }
    #expect(Set(Self.choices).count == Self.choices.count)
  }

  @Test func refusesAScheduleWithoutSteps() {
    typealias M = Muon<LinearFunction<Double>>
    let empty = M(orthogonalisation: .newtonSchulz(NewtonSchulzSchedule([])))
    #expect(empty.complaint?.contains("orthogonalisation has a schedule that has no steps: ") == true)
    #expect(M(orthogonalisation: .polarFactor).complaint == nil)
  }
}
