extension TestProblem {
  /// The problems of Moré, Garbow and Hillstrom in the paper's order; in several sizes where it gives several minima.
  public static var moreGarbowHillstrom: [TestProblem] {
    [
      rosenbrock, freudensteinRoth, powellBadlyScaled, brownBadlyScaled, beale, jennrichSampson,
      helicalValley, bard, gaussian, meyer, gulfResearchAndDevelopment, boxThreeDimensional,
      powellSingular, wood, kowalikOsborne, brownDennis, osborne1, biggsEXP6, osborne2,
      watson(6), watson(9), watson(12),
      extendedRosenbrock(), extendedPowellSingular(), penaltyI(4), penaltyI(10), penaltyII(4), penaltyII(10),
      variablyDimensioned(), trigonometric(), brownAlmostLinear(), discreteBoundaryValue(),
      discreteIntegralEquation(), broydenTridiagonal(), broydenBanded(),
      linearFullRank(), linearRankOne(), linearRankOneWithZeroColumnsAndRows(),
      chebyquad(7), chebyquad(8), chebyquad(9), chebyquad(10),
    ]
  }

  /// The classical problems of CUTEst that are not among ``moreGarbowHillstrom``: those of a few variables, and the
  /// families at about one size.
  ///
  /// - Parameter n: how many variables those have that can have any number; a multiple of 12, at least 24. Where the
  ///   Hessian is dense or the data end, there are fewer.
  public static func classical(_ n: Int = 24) -> [TestProblem] {
    precondition(n >= 24 && n.isMultiple(of: 12), "classical problems of \(n) variables: give 24, 36, 48, …")
    let few = min(n, 48)
    let side = Int(Double(n).squareRoot())
    return [
      cliff, cube, denschna, denschnb, denschnc, denschnf, himmelbb, himmelbg, himmelbh, sisser, zangwil2,
      hairy,
      loghairy, humps, maratosb, mexhat, s308, rosenbrtu, brkmcc, expfit, sineval,
      denschnd, denschne, engval2, hatfldd, hatflde, hatfldfl, allinitu, himmelbf,
      cragglvy(n), dixon3dq(n), tridia(n), extrosnb(n), genrose(n), fletchcr(n), chnrosnb(few), errinros(few),
      freuroth(n), tointgss(n), woods(n), engval1(n), edensch(n), curly(n), genhumps(n), cosine(n),
      scosine(n),
      brybnd(n), sbrybnd(n), fletcbv2(n), ncb20b(n), schmvett(n),
      arwhead(n), bdqrtic(n), liarwhd(n), nondia(n), nondquar(n), indef(n), indefm(n), sinquad(n),
      sinquad2(n),
      tquartic(n), eg2(n), dqdrtic(n), dqrtic(n), power(n),
      noncvxu2(n), noncvxun(n), sparsine(n), sparsqur(n),
      hilberta(few), hilbertb(few), mancino(few), sensors(few), vareigvl(few),
      fminsrf2(side: side), bratu1d(n),
    ] + DixonMaany.allCases.map { dixmaan($0, n) }
  }

  /// Functions of two variables that are good to look at.
  public static var landscapes: [TestProblem] { [himmelblau, booth, matyas, styblinskiTang] }

  /// Every problem of the collections.
  public static var all: [TestProblem] { moreGarbowHillstrom + [watson(20)] + classical() + landscapes }
}
