import Secant
import SecantCompare

extension CurvePicture {
  /// The curve over the column that the formula reads; where it reads several, the observations over what was fitted.
  init(of fit: Fit<Double>, through task: CurveFit, _ observations: [FitAnswer.Observation]) {
    let fitted = observations.map(\.fitted)
    func points(_ x: [Double]) -> [Point] {
      zip(x, observations).map { Point(x: $0, observed: $1.observed, residual: $1.residual) }
    }
    guard task.variables.count <= 1 else {
      let ends = [fitted.min(), fitted.max()].compactMap { $0 }
      self.init(
        horizontal: "fitted \(task.response)", vertical: "observed \(task.response)",
        curveName: "where they agree",
        points: points(fitted), curve: ends.map { CurvePoint(x: $0, value: $0, band: nil, prediction: nil) })
      return
    }
    let x = task.columns.first ?? fitted.indices.map { Double($0 + 1) }
    let (low, high) = (x.min() ?? 0, x.max() ?? 0)
    let grid = (0...200).map { low + (high - low) * Double($0) / 200 }
    let bands = fit.confidenceBand(at: grid, level: task.level)
    // Of weighted observations nobody knows the weight of a new one.
    let predictions = task.weights == .equal ? fit.predictionBand(at: grid, level: task.level) : []
    self.init(
      horizontal: task.variables.first ?? "row", vertical: task.response, curveName: "curve",
      points: points(x),
      curve: bands.indices.map { k in
        CurvePoint(
          x: grid[k], value: bands[k].value, band: bands[k].interval,
          prediction: predictions.isEmpty ? nil : predictions[k].interval)
      })
  }
}

extension FitAnswer {
  /// The page of `--report`.
  func report(command: String) -> CurveReport {
    let (table, correlations) = (table, correlationTable)
    let statistics = [
      CurveReport.Table(title: "Parameters", header: table[0], rows: Array(table.dropFirst())),
      CurveReport.Table(title: "Goodness of fit", rows: statistics),
    ]
    let correlation = CurveReport.Table(
      title: "Correlation", header: correlations[0], rows: Array(correlations.dropFirst()))
    return CurveReport(
      title: "\(formula) fitted to \(data)", sentences: words,
      tables: isCorrelated ? statistics + [correlation] : statistics,
      picture: picture, command: command)
  }
}
