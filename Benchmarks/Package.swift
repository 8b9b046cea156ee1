// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what is only compared against never reaches a user of Secant.
let package = Package(
  name: "Benchmarks",
  products: [.library(name: "PeerBridge", type: .dynamic, targets: ["PeerBridge"])],
  dependencies: [.package(name: "secant", path: "..")],
  targets: [
    .target(
      name: "PeerBridge",
      dependencies: [
        .product(name: "Secant", package: "secant"), .product(name: "SecantProblems", package: "secant"),
      ]),
    .systemLibrary(name: "CLBFGS", providers: [.apt(["liblbfgs-dev"])]),
    .target(name: "CObjectives"),
    .executableTarget(
      name: "LBFGSOverhead",
      dependencies: ["CLBFGS", "CObjectives", .product(name: "Secant", package: "secant")]),
    .executableTarget(
      name: "BFGSOverhead", dependencies: ["CObjectives", .product(name: "Secant", package: "secant")]),
    .target(name: "CBareCholesky"),
    .executableTarget(
      name: "NewtonOverhead", dependencies: ["CBareCholesky", .product(name: "Secant", package: "secant")]),
    .systemLibrary(
      name: "CEigen", pkgConfig: "eigen3", providers: [.apt(["libeigen3-dev", "libceres-dev"])]),
    .target(name: "CLeastSquares", dependencies: ["CEigen"], linkerSettings: [.linkedLibrary("cminpack")]),
    .executableTarget(
      name: "LeastSquaresOverhead",
      dependencies: ["CLeastSquares", .product(name: "Secant", package: "secant")]),
    .target(name: "CNewtonSchulz"),
    .executableTarget(
      name: "StepOverhead", dependencies: ["CNewtonSchulz", .product(name: "Secant", package: "secant")]),
    .executableTarget(
      name: "RateSearch",
      dependencies: [
        .product(name: "SecantCompare", package: "secant"),
        .product(name: "SecantProblems", package: "secant"),
      ]),
    .executableTarget(
      name: "BatchNormalization", dependencies: [.product(name: "SecantProblems", package: "secant")]),
    .executableTarget(
      name: "GradientCost", dependencies: [.product(name: "SecantAutoDiff", package: "secant")]),
  ],
  cxxLanguageStandard: .cxx17
)
