import SecantLinearAlgebra
import Testing

/// A step of an adaptive method: as a kernel, and as the formula for one element, from m, v and g to m, v and x.
struct AdaptiveStep<S: LAPACKScalar> {
  let name: String
  let take: (_ x: inout Vector<S>, _ m: inout Vector<S>, _ v: inout Vector<S>, _ g: Vector<S>) -> Void
  let formula: (_ m: S, _ v: S, _ g: S) -> (m: S, v: S, x: S)

  static func clip(_ x: S, _ c: S) -> S { min(max(x, -c), c) }
  static func sign(_ x: S) -> S { x > 0 ? 1 : x < 0 ? -1 : x }

  static func average(_ β: S, _ old: S, _ new: S) -> S { β * old + (1 - β) * new }

  static var β: (S, S) { (0.9, 0.99) }
  static var a: S { -0.5 }
  static var b: S { -0.25 }
  static var c: S { 1.5 }
  static var ε: S { 1e-3 }

  static var all: [AdaptiveStep] {
    [
      AdaptiveStep(name: "NAdam") { x, m, v, g in
        x.setAdaptive(first: &m, times: a, second: &v, decay: β, gradient: g, times: b, rootTimes: c, plus: ε)
      } formula: { m, v, g in
        let (m₊, v₊) = (average(β.0, m, g), average(β.1, v, g * g))
        return (m₊, v₊, (a * m₊ + b * g) / (c * v₊.squareRoot() + ε))
      },
      AdaptiveStep(name: "Yogi") { x, m, v, g in
        x.setYogi(first: &m, second: &v, decay: β, gradient: g, times: a, rootTimes: c, plus: ε)
      } formula: { m, v, g in
        let (m₊, v₊) = (average(β.0, m, g), v - (1 - β.1) * (sign(v - g * g) * (g * g)))
        return (m₊, v₊, (a * m₊ + 0 * g) / (c * v₊.squareRoot() + ε))
      },
      AdaptiveStep(name: "AdaBelief") { x, m, v, g in
        x.setBelief(
          first: &m, deviation: &v, plus: 1e-4, decay: β, gradient: g, times: a, rootTimes: c, plus: ε)
      } formula: { m, v, g in
        let m₊ = average(β.0, m, g)
        let v₊ = average(β.1, v, (g - m₊) * (g - m₊)) + 1e-4
        return (m₊, v₊, a * m₊ / (c * v₊.squareRoot() + ε))
      },
      AdaptiveStep(name: "AdaGrad") { x, _, v, g in
        x.setNormalised(g, times: a, overRootOf: &v, decay: 1, weight: 0.5, plus: ε)
      } formula: { m, v, g in
        let v₊ = 1 * v + 0.5 * (g * g)
        return (m, v₊, a * g / ((v₊ + 0).squareRoot() + ε))
      },
      AdaptiveStep(name: "AdaGrad, ε inside") { x, _, v, g in
        x.setNormalised(g, times: a, overRootOf: &v, decay: 1, weight: 1, plus: ε, insideRoot: true)
      } formula: { m, v, g in
        let v₊ = 1 * v + 1 * (g * g)
        return (m, v₊, a * g / ((v₊ + ε).squareRoot() + 0))
      },
      AdaptiveStep(name: "greatest average") { x, m, v, g in
        m.formMaximum(withAverage: &v, decay: β.1, squaresOf: g, times: c)
        x.copy(g)
      } formula: { m, v, g in
        let v₊ = average(β.1, v, g * g)
        return (max(m, c * v₊), v₊, g)
      },
      AdaptiveStep(name: "centred RMSProp") { x, m, v, g in
        x.setStandardised(g, times: a, mean: &m, square: &v, decay: β.0, plus: ε)
      } formula: { m, v, g in
        let (m₊, v₊) = (average(β.0, m, g), average(β.0, v, g * g))
        let variance = max(v₊ - m₊ * m₊, 0)
        return (m₊, v₊, a * g / ((variance + 0).squareRoot() + ε))
      },
      AdaptiveStep(name: "AdaDelta") { x, m, v, g in
        // Whatever m has been, a mean square is not negative.
        m.multiply(by: Vector(m))
        x.setAdaDelta(squares: &v, steps: &m, decay: β.0, plus: ε, gradient: g, times: a)
      } formula: { m, v, g in
        let v₊ = average(β.0, v, g * g)
        let step = (m * m + ε).squareRoot() / (v₊ + ε).squareRoot() * g
        return (average(β.0, m * m, step * step), v₊, a * step)
      },
      AdaptiveStep(name: "AdaMax") { x, m, v, g in
        x.setAdaMax(first: &m, greatest: &v, decay: β, gradient: g, times: a, plus: ε)
      } formula: { m, v, g in
        let (m₊, v₊) = (average(β.0, m, g), max(β.1 * v, abs(g) + ε))
        return (m₊, v₊, a * m₊ / v₊)
      },
      AdaptiveStep(name: "ADOPT") { x, m, v, g in
        x.setAdopt(first: &m, second: &v, decay: β, gradient: g, times: a, atLeast: ε, bound: 2)
      } formula: { m, v, g in
        let m₊ = average(β.0, m, clip(g / max(v.squareRoot(), ε), 2))
        return (m₊, average(β.1, v, g * g), a * m₊)
      },
      AdaptiveStep(name: "Lion") { x, m, _, g in
        x.setSigns(average: &m, decay: β, gradient: g, times: a)
      } formula: { m, v, g in
        (average(β.1, m, g), v, a * sign(average(β.0, m, g)))
      },
      AdaptiveStep(name: "Rprop") { x, m, v, g in
        x.setResilient(
          lengths: &v, signs: &m, gradient: g, shrinking: 0.5, growing: 1.25, within: 0.0625...2)
      } formula: { m, v, g in
        let agreement = g * m
        let length = min(max(v * (agreement > 0 ? 1.25 : agreement < 0 ? 0.5 : 1), 0.0625), 2)
        let s = agreement < 0 ? 0 : sign(g)
        return (s, length, -length * s)
      },
    ]
  }

  /// Whole steps from a point that is as g is: from one vector into another, and in place.
  static var whole: [AdaptiveStep] {
    func both(
      _ name: String,
      _ take: @escaping (inout Vector<S>, Vector<S>?, inout Vector<S>, inout Vector<S>, Vector<S>) -> Void,
      formula: @escaping (S, S, S) -> (m: S, v: S, x: S)
    ) -> [AdaptiveStep] {
      [
        AdaptiveStep(name: name, take: { x, m, v, g in take(&x, g, &m, &v, g) }, formula: formula),
        AdaptiveStep(
          name: "\(name) in place",
          take: { x, m, v, g in
            x.copy(g)
            take(&x, nil, &m, &v, g)
          }, formula: formula),
      ]
    }
    return both("momentum") { x, y, m, _, g in
      x.setMomentumStep(
        from: y, sum: &m, decay: β.0, gradient: g, weight: b, direction: (momentum: a, gradient: c))
    } formula: { m, v, g in
      let m₊ = β.0 * m + b * g
      return (m₊, v, g + (a * m₊ + c * g))
    }
      + both("AdamW") { x, y, m, v, g in
        x.setAdaptiveStep(
          from: y, times: b, first: &m, second: &v, decay: β, gradient: g, times: a, rootTimes: c, plus: ε)
      } formula: { m, v, g in
        let (m₊, v₊) = (average(β.0, m, g), average(β.1, v, g * g))
        return (m₊, v₊, b * g + a * m₊ / (c * v₊.squareRoot() + ε))
      }
      + both("Lion") { x, y, m, _, g in
        x.setSignStep(from: y, times: b, average: &m, decay: β, gradient: g, times: a)
      } formula: { m, v, g in
        (average(β.1, m, g), v, b * g + a * sign(average(β.0, m, g)))
      }
      + both("Sophia") { x, y, m, v, g in
        _ = x.setClippedStep(
          from: y, times: b, average: &m, decay: β.0, gradient: g, times: a, over: v, times: c, plus: 0.5,
          atLeast: 1)
      } formula: { m, v, g in
        let m₊ = average(β.0, m, g)
        return (m₊, v, b * g + a * clip(m₊ / max(c * v + 0.5, 1), 1))
      }
  }
}

@Suite struct AdaptiveKernelTests {
  /// Each kernel rounds as its formula does, element for element.
  @Test(arguments: [1, 3, 17, 1003]) func stepsRoundAsTheirFormulasDo(n: Int) {
    func check<S: LAPACKScalar>(_: S.Type) {
      let g: Vector<S> = numbers(n, seed: 1)
      let first: Vector<S> = numbers(n, seed: 2)
      let second = Vector<S>(numbers(n, seed: 3).map { $0 * $0 })
      for step in AdaptiveStep<S>.all + AdaptiveStep<S>.whole {
        var (x, m, v) = (Vector<S>(zeros: n), first, second)
        step.take(&x, &m, &v, g)
        let expected = (0..<n).map { step.formula(first[$0], second[$0], g[$0]) }
        #expect(x.isIdentical(to: Vector(expected.map(\.x))), "\(step.name), x")
        #expect(m.isIdentical(to: Vector(expected.map(\.m))), "\(step.name), m")
        #expect(v.isIdentical(to: Vector(expected.map(\.v))), "\(step.name), v")
      }
    }
    check(Double.self)
    check(Float.self)
  }

  /// A gradient that is not a number is not hidden by a maximum, a sign or a clip.
  @Test func notANumberIsNeverHidden() {
    for step in AdaptiveStep<Double>.all + AdaptiveStep<Double>.whole {
      var (x, m, v): (Vector<Double>, Vector<Double>, Vector<Double>) = ([0], [1], [1])
      step.take(&x, &m, &v, [.nan])
      #expect(x[0].isNaN, "\(step.name)")
    }
  }

  /// How many quotients a step of Sophia clips, over one chunk and over several.
  @Test(arguments: [7, 30_000, 300_000]) func countsWhatIsClipped(n: Int) {
    let g: Vector<Double> = numbers(n, seed: 1)
    let h = Vector<Double>(repeating: 0.25, count: n)
    var (x, m) = (Vector<Double>(zeros: n), Vector<Double>(zeros: n))
    let clipped = x.setClippedStep(
      from: g, times: 1, average: &m, decay: 0.5, gradient: g, times: -1, over: h, times: 1, plus: 0,
      atLeast: 1e-12)
    #expect(clipped == g.count { abs($0) > 0.5 })
    #expect(clipped > 0 && clipped < n)
  }

  @Test func sumOfMagnitudesIsTheOneNorm() {
    for n in [0, 1, 5, 100, 30_000] {
      let x: Vector<Double> = numbers(n, seed: 1)
      let expected = x.reduce(0) { $0 + abs($1) }
      #expect(abs(x.sumOfMagnitudes - expected) <= 1e-12 * expected)
    }
    #expect(([1, .nan] as Vector<Float>).sumOfMagnitudes.isNaN)
  }
}
