import SecantProblems

extension Formulas {
  /// The problems of CUTEst that are none of the other collections: other data, or another start or size.
  static var cutest: [Entry] {
    let formulas: [(name: String, formula: ([Double]) -> Double)] = [
      ("BOX3", boxThreeDimensional),
      ("KOWOSB", { kowalikOsborne($0, lastU: 0.0624) }),
      ("OSBORNEB", { osborne2($0, firstTime: 0.2) }),
      ("BROYDN3DLS_N100", broydenTridiagonal),
      ("PENALTY1_N100", penaltyI),
      ("POWELLSG_N100", extendedPowellSingular),
      ("VARDIM_N100", variablyDimensioned),
    ]
    let problems = Dictionary(uniqueKeysWithValues: TestProblem<Double>.cutest.map { ($0.name, $0.problem) })
    return formulas.map { ($0.name, problems[$0.name]!, $0.formula) }
  }
}
