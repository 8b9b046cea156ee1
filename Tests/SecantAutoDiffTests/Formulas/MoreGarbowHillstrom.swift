import SecantAutoDiff
import SecantProblems

extension Formulas {
  static var moreGarbowHillstrom: [Entry] {
    [
      ("Rosenbrock", .rosenbrock, rosenbrock),
      ("Freudenstein–Roth", .freudensteinRoth, freudensteinRoth),
      ("Powell badly scaled", .powellBadlyScaled, powellBadlyScaled),
      ("Brown badly scaled", .brownBadlyScaled, brownBadlyScaled),
      ("Beale", .beale, beale),
      ("Jennrich–Sampson", .jennrichSampson, jennrichSampson),
      ("helical valley", .helicalValley, helicalValley),
      ("Bard", .bard, bard),
      ("Gaussian", .gaussian, gaussian),
      ("Meyer", .meyer, meyer),
      ("Gulf Research and Development", .gulfResearchAndDevelopment, gulfResearchAndDevelopment),
      ("Box, three-dimensional", .boxThreeDimensional, boxThreeDimensional),
      ("Powell singular", .powellSingular, powellSingular),
      ("Wood", .wood, wood),
      ("Kowalik–Osborne", .kowalikOsborne, kowalikOsborne),
      ("Brown–Dennis", .brownDennis, brownDennis),
      ("Osborne 1", .osborne1, osborne1),
      ("Biggs EXP6", .biggsEXP6, biggsEXP6),
      ("Osborne 2", .osborne2, osborne2),
      ("Watson 6", .watson(6), watson),
      ("Watson 9", .watson(9), watson),
      ("Watson 12", .watson(12), watson),
      ("Watson 20", .watson(20), watson),
      ("extended Rosenbrock", .extendedRosenbrock(), extendedRosenbrock),
      ("extended Powell singular", .extendedPowellSingular(), extendedPowellSingular),
      ("penalty I 4", .penaltyI(4), penaltyI),
      ("penalty I 10", .penaltyI(10), penaltyI),
      ("penalty II 4", .penaltyII(4), penaltyII),
      ("penalty II 10", .penaltyII(10), penaltyII),
      ("variably dimensioned", .variablyDimensioned(), variablyDimensioned),
      ("trigonometric", .trigonometric(), trigonometric),
      ("Brown almost linear", .brownAlmostLinear(), brownAlmostLinear),
      ("discrete boundary value", .discreteBoundaryValue(), discreteBoundaryValue),
      ("discrete integral equation", .discreteIntegralEquation(), discreteIntegralEquation),
      ("Broyden tridiagonal", .broydenTridiagonal(), broydenTridiagonal),
      ("Broyden banded", .broydenBanded(), broydenBanded),
      ("linear, full rank", .linearFullRank(), linearFullRank),
      ("linear, rank 1", .linearRankOne(), linearRankOne),
      (
        "linear, rank 1, zero columns and rows", .linearRankOneWithZeroColumnsAndRows(),
        linearRankOneWithZeroColumnsAndRows
      ),
      ("Chebyquad 7", .chebyquad(7), chebyquad),
      ("Chebyquad 8", .chebyquad(8), chebyquad),
      ("Chebyquad 9", .chebyquad(9), chebyquad),
      ("Chebyquad 10", .chebyquad(10), chebyquad),
    ]
  }
}
