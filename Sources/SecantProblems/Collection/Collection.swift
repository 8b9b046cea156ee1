extension TestProblem {
  /// The problems of Moré, Garbow and Hillstrom, in the paper's order.
  public static var moreGarbowHillstrom: [TestProblem] { [rosenbrock, brownBadlyScaled] }

  /// Every problem of the collections.
  public static var all: [TestProblem] { moreGarbowHillstrom }
}
