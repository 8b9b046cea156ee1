import SecantAutoDiff
import SecantProblems

extension Formulas {
  /// The problems of CUTEst that are none of the other collections: other data, or another start or size.
  static var cutest: [Entry] {
    let formulas: [(name: String, formula: Plain, taped: Taped)] = [
      ("BOX3", boxThreeDimensional, boxThreeDimensional),
      ("KOWOSB", { kowalikOsborne($0, lastU: 0.0624) }, { kowalikOsborne($0, lastU: 0.0624) }),
      ("OSBORNEB", { osborne2($0, firstTime: 0.2) }, { osborne2($0, firstTime: 0.2) }),
      ("BROYDN3DLS_N100", broydenTridiagonal, broydenTridiagonal),
      ("PENALTY1_N100", penaltyI, penaltyI),
      ("POWELLSG_N100", extendedPowellSingular, extendedPowellSingular),
      ("VARDIM_N100", variablyDimensioned, variablyDimensioned),
    ]
    let problems = Dictionary(uniqueKeysWithValues: TestProblem<Double>.cutest.map { ($0.name, $0.problem) })
    return formulas.map { ($0.name, problems[$0.name]!, $0.formula, $0.taped) }
  }
}
