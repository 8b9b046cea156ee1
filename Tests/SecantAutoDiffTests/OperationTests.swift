import SecantAutoDiff
import Testing

/// A function of one number, over any numbers.
enum OfOne: String, CaseIterable {
  case exp, expMinusOne, log, logOnePlus, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh,
    atanh
  case sqrt, erf, cube, seventhNegative, hugePower, cubeRoot, fifthRoot
  case realPower, hugeRealPower, negativeRealPower, powerOfTwo

  func callAsFunction<Number: DifferentiableNumber>(_ x: Number) -> Number {
    switch self {
    case .exp: .exp(x)
    case .expMinusOne: .expMinusOne(x)
    case .log: .log(x)
    case .logOnePlus: .log(onePlus: x)
    case .sin: .sin(x)
    case .cos: .cos(x)
    case .tan: .tan(x)
    case .asin: .asin(x)
    case .acos: .acos(x)
    case .atan: .atan(x)
    case .sinh: .sinh(x)
    case .cosh: .cosh(x)
    case .tanh: .tanh(x)
    case .asinh: .asinh(x)
    case .acosh: .acosh(x)
    case .atanh: .atanh(x)
    case .sqrt: .sqrt(x)
    case .erf: .erf(x)
    case .cube: .pow(x, 3)
    case .seventhNegative: .pow(x, -7)
    case .hugePower: .pow(x, 1_000_000)
    case .cubeRoot: .root(x, 3)
    case .fifthRoot: .root(x, 5)
    case .realPower: .pow(x, 0.3 as Number)
    case .hugeRealPower: .pow(x, 1_000_000.5 as Number)
    case .negativeRealPower: .pow(x, -1.5 as Number)
    case .powerOfTwo: .pow(2 as Number, x)
    }
  }
}

/// A function of two numbers, over any numbers.
enum OfTwo: String, CaseIterable {
  case sum, difference, product, quotient, power, larger, smaller, angle, hypotenuse

  func callAsFunction<Number: DifferentiableNumber>(_ x: Number, _ y: Number) -> Number {
    switch self {
    case .sum: x + y
    case .difference: x - y
    case .product: x * y
    case .quotient: x / y
    case .power: .pow(x, y)
    case .larger: .max(x, y)
    case .smaller: .min(x, y)
    case .angle: .atan2(y: x, x: y)
    case .hypotenuse: .hypot(x, y)
    }
  }
}

private struct FunctionOfOne<Scalar: LAPACKScalar & DifferentiableNumber>: DifferentiableFunction
where Scalar.Scalar == Scalar {
  var φ: OfOne
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Scalar {
    φ(x[0])
  }
}

private struct FunctionOfTwo<Scalar: LAPACKScalar & DifferentiableNumber>: DifferentiableFunction
where Scalar.Scalar == Scalar {
  var φ: OfTwo
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Scalar {
    φ(x[0], x[1])
  }
}

/// φ(x), φ′(x) and φ″(x), computed with 120 digits at the very number that x is.
private struct Reference: CustomTestStringConvertible {
  let φ: OfOne
  let x, value, first, second: Double

  init(_ φ: OfOne, _ x: Double, _ value: Double, _ first: Double, _ second: Double) {
    (self.φ, self.x, self.value, self.first, self.second) = (φ, x, value, first, second)
  }

  var testDescription: String { "\(φ.rawValue) at \(x)" }
}

/// φ, its gradient and ∂²φ/∂x², ∂²φ/∂x∂y, ∂²φ/∂y², computed with 120 digits.
private struct ReferenceOfTwo: CustomTestStringConvertible {
  let φ: OfTwo
  let x, y, value: Double
  let first: (x: Double, y: Double)
  let second: (xx: Double, xy: Double, yy: Double)

  init(
    _ φ: OfTwo, _ x: Double, _ y: Double, _ value: Double, first: (Double, Double),
    second: (Double, Double, Double)
  ) {
    (self.φ, self.x, self.y, self.value) = (φ, x, y, value)
    (self.first, self.second) = (first, second)
  }

  var testDescription: String { "\(φ.rawValue) at \(x), \(y)" }
}

/// The distance in units of the last place of the second number.
private func ulps<Scalar: LAPACKScalar>(_ found: Scalar, _ expected: Scalar) -> Scalar {
  if found == expected || (found.isNaN && expected.isNaN) { return 0 }
  return expected.isFinite ? abs(found - expected) / expected.ulp : .infinity
}

@Suite struct OperationTests {
  @Test(arguments: references) private func derivativesOfOneNumberAreExactToAFewUnits(_ reference: Reference)
  {
    let found = derivatives(FunctionOfOne<Double>(φ: reference.φ), at: [reference.x])
    #expect(ulps(found.value, reference.value) <= 4)
    #expect(ulps(found.gradient[0], reference.first) <= 6)
    #expect(ulps(found.hessian[0, 0], reference.second) <= 10)
  }

  @Test(arguments: referencesOfTwo) private func derivativesOfTwoNumbersAreExactToAFewUnits(
    _ reference: ReferenceOfTwo
  ) {
    let found = derivatives(FunctionOfTwo<Double>(φ: reference.φ), at: [reference.x, reference.y])
    #expect(ulps(found.value, reference.value) <= 4)
    #expect(ulps(found.gradient[0], reference.first.x) <= 6)
    #expect(ulps(found.gradient[1], reference.first.y) <= 6)
    #expect(ulps(found.hessian[0, 0], reference.second.xx) <= 10)
    #expect(ulps(found.hessian[0, 1], reference.second.xy) <= 10)
    #expect(ulps(found.hessian[1, 1], reference.second.yy) <= 10)
  }

  @Test(arguments: references) private func singlePrecisionIsThatOfDoubleRounded(_ reference: Reference) {
    let x = Float(reference.x)
    guard x.isNormal || x == 0, reference.φ != .hugeRealPower else { return }
    let found = derivatives(FunctionOfOne<Float>(φ: reference.φ), at: [x])
    let exact = derivatives(FunctionOfOne<Double>(φ: reference.φ), at: [Double(x)])
    // 0.3 is another number in single precision.
    let slack: Float = reference.φ == .realPower ? 200 : 1
    // Beneath the normal range a value has lost digits, and so has what is made of it.
    guard Float(exact.value).isNormal || exact.value == 0 else { return }
    for (found, exact) in [
      (found.value, exact.value), (found.gradient[0], exact.gradient[0]),
      (found.hessian[0, 0], exact.hessian[0, 0]),
    ] where Float(exact).isNormal || exact == 0 {
      #expect(ulps(found, Float(exact)) <= 10 * slack)
    }
  }

  @Test(arguments: OfTwo.allCases) func twoNumbersInSinglePrecision(_ φ: OfTwo) {
    for (x, y) in [(3.0, 7.0), (0.25, -2), (1e-3, 1e3)] as [(Float, Float)] where φ != .power || x > 0 {
      let found = derivatives(FunctionOfTwo<Float>(φ: φ), at: [x, y])
      let exact = derivatives(FunctionOfTwo<Double>(φ: φ), at: [Double(x), Double(y)])
      for (found, exact) in zip(found.all, exact.all) where Float(exact).isNormal || exact == 0 {
        #expect(ulps(found, Float(exact)) <= 10)
      }
    }
  }

  /// What the tape says, after it was found to be what duals and hyper-duals say, bit for bit.
  private func derivatives<F: DifferentiableFunction>(
    _ function: F, at x: Vector<F.Scalar>
  ) -> Derivatives<F.Scalar> {
    let tape = Derivatives(Differentiated(function), at: x)
    let forward = Derivatives(ForwardDifferentiated(function), at: x)
    for (a, b) in zip(tape.all, forward.all) { #expect(a == b || (a.isNaN && b.isNaN)) }
    let plain = function._plain(x.elements)
    #expect(plain == tape.value || (plain.isNaN && tape.value.isNaN))
    return tape
  }

  @Test(arguments: [Int.max, Int.max - 1, .min + 1, 1 << 40, (1 << 31) + 1, -(1 << 31) - 1])
  func powersBeyondThirtyTwoBitsAreThoseOfDuals(n: Int) {
    struct Power: DifferentiableFunction {
      let n: Int
      func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number
      where Number.Scalar == Double { Number.pow(x[0], n) }
    }
    struct Root: DifferentiableFunction {
      let n: Int
      func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number
      where Number.Scalar == Double { Number.root(x[0], n) }
    }
    let sign: Double = n.isMultiple(of: 2) ? 1 : -1
    let power = derivatives(Power(n: n), at: [-1])
    #expect(power.value == sign && power.gradient == [-sign * Double(n)])
    #expect(abs(power.hessian[0, 0] / Double(n) / Double(n) - sign) <= 1e-9)
    // (1 + 2⁻⁴⁰)ⁿ with n = 2⁴⁰ is nearly e.
    if n == 1 << 40 {
      #expect(abs(derivatives(Power(n: n), at: [1 + 1 / Double(n)]).value - .exp(1)) <= 1e-11)
    }
    let found = derivatives(Root(n: n), at: [-1])
    if sign > 0 {
      #expect(found.value.isNaN)
    } else {
      #expect(found.value == -1 && abs(found.gradient[0] * Double(n) - 1) <= 1e-15)
    }
  }

  @Test func powersBeyondThirtyTwoBitsDoNotTrap() {
    for n in [Int.min, Int.min + 1, -(1 << 40), 1 << 40, Int.max] {
      #expect(pow(Dual(1.0, tangent: 1), n).value == 1)
      #expect(pow(HyperDual(1.0, first: 1, second: 1), n).value == 1)
      #expect(pow(Dual(1.0, tangent: 1), n).tangent == Double(n))
      var g = Vector<Double>(zeros: 1)
      let power = Traced<Double> { x in pow(x[0], n) + root(x[0], n) }
      #expect(power.valueAndGradient(at: [1], into: &g) == 2)
      #expect(abs(g[0] - Double(n)) <= 1e-12 * abs(Double(n)))
    }
  }
}

/// A value, a gradient and a Hessian at a point.
struct Derivatives<Scalar: LAPACKScalar> {
  var value: Scalar
  var gradient: Vector<Scalar>
  var hessian: Matrix<Scalar>

  init<Problem: TwiceDifferentiableObjective>(_ problem: Problem, at x: Vector<Scalar>)
  where Problem.Scalar == Scalar, Problem.Failure == Never {
    gradient = Vector(zeros: x.count)
    hessian = Matrix(zeros: x.count, x.count)
    value = problem.valueAndGradient(at: x, into: &gradient)
    problem.hessian(at: x, into: &hessian)
  }

  var all: [Scalar] {
    [value] + gradient.elements + (0..<hessian.rows).flatMap { i in (0...i).map { hessian[i, $0] } }
  }
}

private let references: [Reference] = [
  Reference(.exp, -700.5, 5.980196118639791e-305, 5.980196118639791e-305, 5.980196118639791e-305),
  Reference(.exp, -1.25, 0.2865047968601901, 0.2865047968601901, 0.2865047968601901),
  Reference(.exp, 0, 1, 1, 1),
  Reference(.exp, 2.5, 12.182493960703473, 12.182493960703473, 12.182493960703473),
  Reference(.exp, 700.25, 1.3022997366991783e+304, 1.3022997366991783e+304, 1.3022997366991783e+304),
  Reference(.expMinusOne, -40, -1, 4.248354255291589e-18, 4.248354255291589e-18),
  Reference(.expMinusOne, -1e-09, -9.999999995e-10, 0.999999999, 0.999999999),
  Reference(.expMinusOne, 1e-300, 1e-300, 1, 1),
  Reference(.expMinusOne, 0.75, 1.1170000166126746, 2.117000016612675, 2.117000016612675),
  Reference(.expMinusOne, 3, 19.085536923187668, 20.085536923187668, 20.085536923187668),
  Reference(.log, 1e-300, -690.7755278982137, 9.999999999999999e+299, -.infinity),
  Reference(.log, 0.5, -0.6931471805599453, 2, -4),
  Reference(.log, 1, 0, 1, -1),
  Reference(.log, 1.0000001, 9.999999505838704e-08, 0.9999999000000099, -0.9999998000000299),
  Reference(.log, 1e+300, 690.7755278982137, 1e-300, -0),
  Reference(.logOnePlus, -0.9999999999, -23.02585084720009, 9999999172.59636, -9.999998345192786e+19),
  Reference(.logOnePlus, -0.5, -0.6931471805599453, 2, -4),
  Reference(.logOnePlus, 1e-12, 9.999999999995e-13, 0.999999999999, -0.999999999998),
  Reference(.logOnePlus, 2, 1.0986122886681098, 0.3333333333333333, -0.1111111111111111),
  Reference(.logOnePlus, 1e+200, 460.51701859880916, 1e-200, -0),
  Reference(.sin, -2, -0.9092974268256817, -0.4161468365471424, 0.9092974268256817),
  Reference(.sin, 1e-08, 1e-08, 1, -1e-08),
  Reference(.sin, 1, 0.8414709848078965, 0.5403023058681398, -0.8414709848078965),
  Reference(.sin, 3, 0.1411200080598672, -0.9899924966004454, -0.1411200080598672),
  Reference(.cos, -2, -0.4161468365471424, 0.9092974268256817, 0.4161468365471424),
  Reference(.cos, 1e-08, 1, -1e-08, -1),
  Reference(.cos, 1, 0.5403023058681398, -0.8414709848078965, -0.5403023058681398),
  Reference(.cos, 4, -0.6536436208636119, 0.7568024953079282, 0.6536436208636119),
  Reference(.tan, -1.5, -14.101419947171719, 199.85004452649247, -5636.338808658074),
  Reference(.tan, 1e-08, 1e-08, 1, 2.0000000000000004e-08),
  Reference(.tan, 0.75, 0.9315964599440725, 1.8678719641803279, 3.4802058189183493),
  Reference(.tan, 1.5, 14.101419947171719, 199.85004452649247, 5636.338808658074),
  Reference(.asin, -0.75, -0.848062078981481, 1.511857892036909, -2.5917563863489868),
  Reference(.asin, 1e-09, 1e-09, 1, 1e-09),
  Reference(.asin, 0.5, 0.5235987755982989, 1.1547005383792515, 0.769800358919501),
  Reference(.asin, 0.99999999, 1.5706549054381862, 7071.067811777938, 353553387044.60925),
  Reference(.asin, 0.9999999999999999, 1.5707963118937354, 67108864, 3.022314549036573e+23),
  Reference(.acos, -0.9999999999, 3.1415785114535844, -70710.67519510884, 353553346704731.44),
  Reference(.acos, -0.5, 2.0943951023931957, -1.1547005383792515, 0.769800358919501),
  Reference(.acos, 0.25, 1.318116071652818, -1.0327955589886446, -0.27541214906363853),
  Reference(.acos, 0.9999999, 0.00044721359910904126, -2236.068033989975, -11180339616.817677),
  Reference(.atan, .infinity, 1.5707963267948966, 0, 0),
  Reference(.atan, -3, -1.2490457723982544, 0.1, 0.06),
  Reference(.atan, 1e-09, 1e-09, 1, -2e-09),
  Reference(.atan, 0.5, 0.4636476090008061, 0.8, -0.64),
  Reference(.atan, 100000000, 1.5707963167948966, 9.999999999999999e-17, -1.9999999999999995e-24),
  Reference(.atan, 1e+100, 1.5707963267948966, 1e-200, -2e-300),
  Reference(.sinh, -3, -10.017874927409903, 10.067661995777765, -10.017874927409903),
  Reference(.sinh, 1e-09, 1e-09, 1, 1e-09),
  Reference(.sinh, 0.5, 0.5210953054937474, 1.1276259652063807, 0.5210953054937474),
  Reference(.sinh, 300, 9.712131976206279e+129, 9.712131976206279e+129, 9.712131976206279e+129),
  Reference(.cosh, -3, 10.067661995777765, -10.017874927409903, 10.067661995777765),
  Reference(.cosh, 1e-09, 1, 1e-09, 1),
  Reference(.cosh, 0.5, 1.1276259652063807, 0.5210953054937474, 1.1276259652063807),
  Reference(.cosh, 300, 9.712131976206279e+129, 9.712131976206279e+129, 9.712131976206279e+129),
  Reference(.tanh, -3, -0.9950547536867305, 0.00986603716544019, 0.019634494363042435),
  Reference(.tanh, 1e-09, 1e-09, 1, -2e-09),
  Reference(.tanh, 0.5, 0.46211715726000974, 0.7864477329659274, -0.7268619813835873),
  Reference(.tanh, 10, 0.9999999958776927, 8.244614455767397e-09, -1.6489228843561127e-08),
  Reference(.tanh, 25, 1, 7.714999391855671e-22, -1.5429998783711343e-21),
  Reference(.asinh, -3, -1.8184464592320668, 0.31622776601683794, 0.09486832980505137),
  Reference(.asinh, 1e-09, 1e-09, 1, -1e-09),
  Reference(.asinh, 0.5, 0.48121182505960347, 0.8944271909999159, -0.35777087639996635),
  Reference(.asinh, 100000000, 19.11382792451231, 1e-08, -9.999999999999999e-17),
  Reference(.asinh, 1e+120, 277.0033583398454, 1e-120, -1.0000000000000001e-240),
  Reference(.acosh, 1.0000000001, 1.4142136208675862e-05, 70710.67519157329, -353553346722409.06),
  Reference(.acosh, 1.5, 0.9624236501192069, 0.8944271909999159, -1.0733126291998991),
  Reference(.acosh, 30, 4.0940666686320855, 0.033351867298253506, -0.001112965538317692),
  Reference(.acosh, 100000000, 19.11382792451231, 1e-08, -1.0000000000000001e-16),
  Reference(.acosh, 1e+120, 277.0033583398454, 1e-120, -1.0000000000000001e-240),
  Reference(.atanh, -0.9999999999, -11.859499013855018, 4999999586.54818, -4.999999172596393e+19),
  Reference(.atanh, 1e-09, 1e-09, 1, 2e-09),
  Reference(.atanh, 0.5, 0.5493061443340549, 1.3333333333333333, 1.7777777777777777),
  Reference(.atanh, 0.9999999999999999, 18.714973875118524, 4503599627370496, 4.056481920730334e+31),
  Reference(.sqrt, 1e-200, 1e-100, 5e+99, -2.5e+299),
  Reference(.sqrt, 0.5, 0.7071067811865476, 0.7071067811865476, -0.7071067811865476),
  Reference(.sqrt, 2, 1.4142135623730951, 0.3535533905932738, -0.08838834764831845),
  Reference(.sqrt, 1e+200, 1e+100, 5e-101, -2.5e-301),
  Reference(.erf, -1, -0.8427007929497149, 0.4151074974205947, 0.8302149948411894),
  Reference(.erf, 1e-09, 1.1283791670955127e-09, 1.1283791670955126, -2.2567583341910253e-09),
  Reference(.erf, 0.5, 0.5204998778130465, 0.8787825789354448, -0.8787825789354448),
  Reference(.erf, 5, 0.9999999999984626, 1.5670866531017336e-11, -1.5670866531017336e-10),
  Reference(.erf, 25, 1, 4.1534010636398965e-272, -2.0767005318199483e-270),
  Reference(.cube, -2.5, -15.625, 18.75, -15),
  Reference(.cube, 1e-80, 9.999999999999998e-241, 3e-160, 5.9999999999999994e-80),
  Reference(.cube, 0.3, 0.026999999999999996, 0.26999999999999996, 1.7999999999999998),
  Reference(.seventhNegative, -2.5, -0.0016384, -0.00458752, -0.014680064),
  Reference(.seventhNegative, 1e-10, 9.999999999999998e+69, -6.999999999999998e+80, 5.599999999999998e+91),
  Reference(.seventhNegative, 3, 0.0004572473708276177, -0.001066910531931108, 0.0028450947518162883),
  Reference(.hugePower, 0.9999, 3.7015207857933866e-44, 3.701890974890876e-38, 3.7022574987497757e-32),
  Reference(.hugePower, -1.0002, 7.082908785609168e+86, -7.081492487111746e+92, 7.08006939174091e+98),
  Reference(.hugePower, 1.0000001, 1.1051709126143208, 1105170.8020972405, 1105169586409.4797),
  Reference(.cubeRoot, -2, -1.2599210498948732, 0.20998684164914552, 0.06999561388304851),
  Reference(.cubeRoot, 1e-200, 2.1544346900318838e-67, 7.181448966772946e+132, -.infinity),
  Reference(.cubeRoot, 0.5, 0.7937005259840998, 0.5291336839893999, -0.7055115786525331),
  Reference(.cubeRoot, 1e+200, 4.641588833612779e+66, 1.5471962778709262e-134, -0),
  Reference(.fifthRoot, -2, -1.148698354997035, 0.1148698354997035, 0.0459479341998814),
  Reference(.fifthRoot, 0.5, 0.8705505632961241, 0.34822022531844965, -0.5571523605095194),
  Reference(.fifthRoot, 40, 2.0912791051825463, 0.010456395525912732, -0.00020912791051825466),
  Reference(.realPower, 1e-200, 1.0000000000000051e-60, 3.0000000000000153e+139, -.infinity),
  Reference(.realPower, 0.5, 0.8122523963562356, 0.4873514378137413, -0.6822920129392378),
  Reference(.realPower, 2, 1.2311444133449163, 0.18467166200173743, -0.0646350817006081),
  Reference(.realPower, 1e+200, 9.99999999999995e+59, 2.9999999999999847e-141, -0),
  Reference(.hugeRealPower, 0.9999, 3.701335705126965e-44, 3.701707726567474e-38, 3.702076083321943e-32),
  Reference(.hugeRealPower, 1.0002, 7.083617041076726e+86, 7.082204142056835e+92, 7.080784444065951e+98),
  Reference(.hugeRealPower, 1.0000001, 1.105170967872865, 1105171.4099412079, 1105170746838.4282),
  Reference(.negativeRealPower, 1e-100, 1e+150, -1.5e+250, .infinity),
  Reference(.negativeRealPower, 0.5, 2.8284271247461903, -8.48528137423857, 42.42640687119285),
  Reference(.negativeRealPower, 1e+100, 1e-150, -1.5e-250, 0),
  Reference(.powerOfTwo, -500.5, 2.1601662187239423e-151, 1.4973131240493387e-151, 1.0378583703502027e-151),
  Reference(.powerOfTwo, 0.25, 1.189207115002721, 0.8242955588659627, 0.5713581425760265),
  Reference(.powerOfTwo, 30, 1073741824, 744261117.954893, 515882495.510827),
]

private let referencesOfTwo: [ReferenceOfTwo] = [
  ReferenceOfTwo(
    .quotient, 3, 7, 0.42857142857142855, first: (0.14285714285714285, -0.061224489795918366),
    second: (0, -0.02040816326530612, 0.01749271137026239)),
  ReferenceOfTwo(
    .quotient, 1e+200, 1e+100, 1e+100, first: (1e-100, -0.9999999999999999),
    second: (0, -1e-200, 1.9999999999999998e-100)),
  ReferenceOfTwo(
    .quotient, -1e-200, 1e-30, -1e-170, first: (9.999999999999999e+29, 9.999999999999999e-141),
    second: (0, -9.999999999999998e+59, -1.9999999999999995e-110)),
  ReferenceOfTwo(
    .power, 0.3, 2.5, 0.049295030175464945, first: (0.41079191812887456, -0.05934987571968617),
    second: (2.053959590644373, -0.3302655304125016, 0.07145563630662634)),
  ReferenceOfTwo(
    .power, 2, -3, 0.125, first: (-0.1875, 0.08664339756999316),
    second: (0.375, -0.06746509635498975, 0.06005662673977518)),
  ReferenceOfTwo(
    .power, 1e-120, 0.7, 1.0000000000000123e-84, first: (7.000000000000086e+35, -2.763102111592889e-82),
    second: (-2.100000000000026e+155, -1.924171478115022e+38, 7.634733279088987e-80)),
  ReferenceOfTwo(
    .power, 1.0001, 1000000, 2.6747109931126854e+43, first: (2.6744435487578096e+49, 2.67457726647777e+39),
    second: (2.674173456968564e+55, 2.7010542709817986e+45, 2.6744435465287404e+35)),
  ReferenceOfTwo(
    .angle, 3, 4, 0.6435011087932844, first: (0.16, -0.12), second: (-0.0384, -0.0112, 0.0384)),
  ReferenceOfTwo(
    .angle, 1, -1.0000001, 2.3561945401923423, first: (-0.4999999999999975, -0.49999995000000247),
    second: (0.49999994999999997, -4.999999252919385e-08, -0.49999994999999997)),
  ReferenceOfTwo(
    .angle, -2e-140, 1e-140, -1.1071487177940904, first: (2e+139, 4e+139),
    second: (1.6e+279, 1.2e+279, -1.6e+279)),
  ReferenceOfTwo(
    .angle, 3e+150, -4e+150, 2.498091544796509, first: (-1.6e-151, -1.2e-151),
    second: (3.84e-302, -1.1199999999999997e-302, -3.84e-302)),
  ReferenceOfTwo(
    .hypotenuse, 3, 4, 5, first: (0.6, 0.8), second: (0.128, -0.096, 0.072)),
  ReferenceOfTwo(
    .hypotenuse, -1e+200, 2e+200, 2.2360679774997897e+200, first: (-0.4472135954999579, 0.8944271909999159),
    second: (3.577708763999664e-201, 1.788854381999832e-201, 8.94427190999916e-202)),
  ReferenceOfTwo(
    .hypotenuse, 1e-200, -3e-200, 3.1622776601683794e-200, first: (0.31622776601683794, -0.9486832980505138),
    second: (2.8460498941515415e+199, 9.486832980505138e+198, 3.1622776601683796e+198)),
  ReferenceOfTwo(
    .hypotenuse, 1e-200, 1e-35, 1e-35, first: (1e-165, 1),
    second: (1e+35, -9.999999999999999e-131, 9.999999999999998e-296)),
]
