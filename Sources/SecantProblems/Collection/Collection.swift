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

  /// Every problem of the collections.
  public static var all: [TestProblem] { moreGarbowHillstrom }
}
