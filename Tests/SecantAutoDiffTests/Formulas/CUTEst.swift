import SecantProblems

extension Formulas {
  /// The problems of CUTEst: those of the other collections, in part with other data, starts and sizes.
  static var cutest: [Entry] {
    let formulas = moreGarbowHillstrom + classical
    return TestProblem<Double>.cutest.compactMap { name, problem in
      switch name {
      case "KOWOSB":
        (name, problem, { kowalikOsborne($0, lastU: 0.0624) }, { kowalikOsborne($0, lastU: 0.0624) })
      case "OSBORNEB":
        (name, problem, { osborne2($0, firstTime: 0.2) }, { osborne2($0, firstTime: 0.2) })
      default:
        formulas.first { $0.problem.name == problem.name }.map { (name, problem, $0.formula, $0.taped) }
      }
    }
  }
}
