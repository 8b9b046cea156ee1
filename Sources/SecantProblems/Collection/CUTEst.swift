extension TestProblem {
  /// The problems of CUTEst on which other solvers were measured, by the names they have there, at the sizes measured.
  ///
  /// Some are problems of Moré, Garbow and Hillstrom with other data: KOWOSB and OSBORNEB have one number changed each,
  /// and BOX3 starts elsewhere.
  public static var cutest: [(name: String, problem: TestProblem)] {
    [
      ("BARD", bard), ("BEALE", beale), ("BIGGS6", biggsEXP6),
      ("BOX3", boxThreeDimensional.changed(start: [0, 10, 1])), ("BROWNBS", brownBadlyScaled),
      ("BROWNDEN", brownDennis), ("CLIFF", cliff), ("CUBE", cube), ("DENSCHNA", denschna),
      ("ENGVAL2", engval2), ("GAUSSIAN", gaussian), ("HELIX", helicalValley), ("HIMMELBG", himmelbg),
      ("JENSMP", jennrichSampson),
      ("KOWOSB", kowalikOsborne(lastU: 0.0624).changed(minima: [3.0780094673331967e-4])),
      ("MEYER3", meyer), ("OSBORNEA", osborne1), ("OSBORNEB", osborne2(firstTime: 0.2)),
      ("POWELLBSLS", powellBadlyScaled), ("ROSENBR", rosenbrock), ("SISSER", sisser), ("ZANGWIL2", zangwil2),
      ("ARWHEAD_N100", arwhead(100)), ("BROYDN3DLS_N100", broydenTridiagonal(100)),
      ("CRAGGLVY_M49", cragglvy(100)), ("DIXMAANA1_M30", dixmaan(.a, 90)), ("DIXON3DQ_N100", dixon3dq(100)),
      ("EXTROSNB_N100", extrosnb(100)), ("FREUROTH_N100", freuroth(100)), ("LIARWHD_N100", liarwhd(100)),
      ("PENALTY1_N100", penaltyI(100)), ("POWELLSG_N100", extendedPowellSingular(100)),
      ("TOINTGSS_N100", tointgss(100)), ("VARDIM_N100", variablyDimensioned(100)), ("WOODS_NS25", woods(100)),
      ("TRIDIA_N1000", tridia(1000)),
    ]
  }
}
