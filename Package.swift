// swift-tools-version: 6.2
import PackageDescription

// A warning is an error in our own targets; SwiftPM ignores this setting in a package that depends on us.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let numerics = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

/// Each example is a program of its own: `swift run -c release RosenbrockInTenLines`.
let examples = [
  "1-RosenbrockInTenLines", "2-ChooseASolver", "3-TrainingLoop", "4-LogisticRegression",
  "5-WriteYourOwnSolver",
  "6-LineSearchAlone", "7-PerceptronWithBatchNormalization", "8-CharacterTransformer",
].map { folder in
  Target.executableTarget(
    name: String(folder.dropFirst(2)), dependencies: ["SecantAutoDiff", "SecantProblems"],
    path: "Examples/\(folder)",
    swiftSettings: strict)
}

let package = Package(
  name: "secant",
  products: [
    .library(name: "Secant", targets: ["Secant"]),
    .library(name: "SecantAutoDiff", targets: ["SecantAutoDiff"]),
    .library(name: "SecantFormula", targets: ["SecantFormula"]),
    .library(name: "SecantProblems", targets: ["SecantProblems"]),
    .library(name: "SecantCompare", targets: ["SecantCompare"]),
    .executable(name: "secant", targets: ["SecantCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLAPACKE", providers: [.apt(["liblapacke-dev", "libopenblas-dev"])]),
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("m")]),
    .target(
      name: "SecantLinearAlgebra", dependencies: ["CLAPACKE", "CKernels", numerics],
      swiftSettings: strict),
    .target(name: "Secant", dependencies: ["SecantLinearAlgebra", numerics], swiftSettings: strict),
    .target(
      name: "SecantAutoDiff", dependencies: ["Secant", "CKernels", numerics], swiftSettings: strict),
    .target(name: "SecantFormula", dependencies: ["SecantAutoDiff"], swiftSettings: strict),
    .target(name: "CDataSets"),
    .target(
      name: "SecantProblems",
      dependencies: ["SecantAutoDiff", "CDataSets", .product(name: "SwiftCSV", package: "SwiftCSV")],
      exclude: ["Data"], swiftSettings: strict),
    .target(
      name: "SecantCompare",
      dependencies: ["SecantProblems", "CLAPACKE", .product(name: "Mustache", package: "swift-mustache")],
      swiftSettings: strict),
    .executableTarget(
      name: "SecantCLI",
      dependencies: [
        "SecantCompare", "SecantFormula", "SecantProblems",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SecantCompareTests", dependencies: ["SecantCompare", "SecantProblems"], swiftSettings: strict),
    .testTarget(
      name: "SecantCLITests", dependencies: ["SecantCLI", "SecantCompare", "Secant", "SecantProblems"],
      swiftSettings: strict),
    .testTarget(
      name: "SecantLinearAlgebraTests", dependencies: ["SecantLinearAlgebra", "CKernels"],
      swiftSettings: strict),
    .testTarget(name: "SecantTests", dependencies: ["Secant"], swiftSettings: strict),
    .testTarget(
      name: "SecantAutoDiffTests", dependencies: ["SecantAutoDiff", "SecantProblems", "CAllocationCounter"],
      swiftSettings: strict),
    .testTarget(
      name: "SecantFormulaTests", dependencies: ["SecantFormula", "CAllocationCounter"], swiftSettings: strict
    ),
    .testTarget(
      name: "SecantProblemsTests", dependencies: ["Secant", "SecantProblems"], swiftSettings: strict),
    .testTarget(
      name: "DocumentationTests", dependencies: ["SecantAutoDiff", "SecantCompare"], swiftSettings: strict),
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    .testTarget(
      name: "ConformanceTests", dependencies: ["Secant", "SecantProblems", "CAllocationCounter"],
      swiftSettings: strict),
  ] + examples
)
