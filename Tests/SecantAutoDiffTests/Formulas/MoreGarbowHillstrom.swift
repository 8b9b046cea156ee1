import SecantAutoDiff
import SecantProblems

extension Formulas {
  static var moreGarbowHillstrom: [Entry] {
    [
      ("Rosenbrock", .rosenbrock, rosenbrock, rosenbrock),
      ("Freudenstein–Roth", .freudensteinRoth, freudensteinRoth, freudensteinRoth),
      ("Powell badly scaled", .powellBadlyScaled, powellBadlyScaled, powellBadlyScaled),
      ("Brown badly scaled", .brownBadlyScaled, brownBadlyScaled, brownBadlyScaled),
      ("Beale", .beale, beale, beale),
      ("Jennrich–Sampson", .jennrichSampson, jennrichSampson, jennrichSampson),
      ("helical valley", .helicalValley, helicalValley, helicalValley),
      ("Bard", .bard, bard, bard),
      ("Gaussian", .gaussian, gaussian, gaussian),
      ("Meyer", .meyer, meyer, meyer),
      (
        "Gulf Research and Development", .gulfResearchAndDevelopment, gulfResearchAndDevelopment,
        gulfResearchAndDevelopment
      ),
      ("Box, three-dimensional", .boxThreeDimensional, boxThreeDimensional, boxThreeDimensional),
      ("Powell singular", .powellSingular, powellSingular, powellSingular),
      ("Wood", .wood, wood, wood),
      ("Kowalik–Osborne", .kowalikOsborne, kowalikOsborne, kowalikOsborne),
      ("Brown–Dennis", .brownDennis, brownDennis, brownDennis),
      ("Osborne 1", .osborne1, osborne1, osborne1),
      ("Biggs EXP6", .biggsEXP6, biggsEXP6, biggsEXP6),
      ("Osborne 2", .osborne2, osborne2, osborne2),
      ("Watson 6", .watson(6), watson, watson),
      ("Watson 9", .watson(9), watson, watson),
      ("Watson 12", .watson(12), watson, watson),
      ("Watson 20", .watson(20), watson, watson),
      ("extended Rosenbrock", .extendedRosenbrock(), extendedRosenbrock, extendedRosenbrock),
      ("extended Powell singular", .extendedPowellSingular(), extendedPowellSingular, extendedPowellSingular),
      ("penalty I 4", .penaltyI(4), penaltyI, penaltyI),
      ("penalty I 10", .penaltyI(10), penaltyI, penaltyI),
      ("penalty II 4", .penaltyII(4), penaltyII, penaltyII),
      ("penalty II 10", .penaltyII(10), penaltyII, penaltyII),
      ("variably dimensioned", .variablyDimensioned(), variablyDimensioned, variablyDimensioned),
      ("trigonometric", .trigonometric(), trigonometric, trigonometric),
      ("Brown almost linear", .brownAlmostLinear(), brownAlmostLinear, brownAlmostLinear),
      ("discrete boundary value", .discreteBoundaryValue(), discreteBoundaryValue, discreteBoundaryValue),
      (
        "discrete integral equation", .discreteIntegralEquation(), discreteIntegralEquation,
        discreteIntegralEquation
      ),
      ("Broyden tridiagonal", .broydenTridiagonal(), broydenTridiagonal, broydenTridiagonal),
      ("Broyden banded", .broydenBanded(), broydenBanded, broydenBanded),
      ("linear, full rank", .linearFullRank(), linearFullRank, linearFullRank),
      ("linear, rank 1", .linearRankOne(), linearRankOne, linearRankOne),
      (
        "linear, rank 1, zero columns and rows", .linearRankOneWithZeroColumnsAndRows(),
        linearRankOneWithZeroColumnsAndRows,
        linearRankOneWithZeroColumnsAndRows
      ),
      ("Chebyquad 7", .chebyquad(7), chebyquad, chebyquad),
      ("Chebyquad 8", .chebyquad(8), chebyquad, chebyquad),
      ("Chebyquad 9", .chebyquad(9), chebyquad, chebyquad),
      ("Chebyquad 10", .chebyquad(10), chebyquad, chebyquad),
    ]
  }
}
