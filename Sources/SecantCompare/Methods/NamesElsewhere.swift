/// What other libraries and books call a method, and the names of ours that are nearest, the best first.
///
/// The names are in lower case and without hyphens, as ``Request`` compares them.
let namesElsewhere: [String: [String]] = [
  "gd": ["gradientDescent"], "sgd": ["gradientDescent"], "heavyball": ["momentum"], "nag": ["nesterov"],
  "cg": ["conjugateGradient"], "nonlinearcg": ["conjugateGradient"], "ncg": ["newtonCG"],
  "fletcherreeves": ["conjugateGradient"], "polakribiere": ["conjugateGradient"],
  "bb": ["barzilaiBorwein"], "spg": ["spectralProjectedGradient", "barzilaiBorwein"],
  "quasinewton": ["bfgs"], "dfp": ["bfgs"], "sr1": ["bfgs"], "broyden": ["bfgs"],
  "lbfgsb": ["lbfgs", "projectedLevenbergMarquardt"], "owlqn": ["lbfgs"],
  "newtonraphson": ["newton"], "trustconstr": ["tron", "trustRegion", "trustRegionReflective"],
  "tnc": ["tron", "newtonCG"], "truncatednewton": ["newtonCG"], "hessianfree": ["newtonCG"],
  "trustncg": ["trustRegion"], "trustkrylov": ["trustRegion"], "steihaug": ["trustRegion"],
  "trustexact": ["exactTrustRegion"], "moresorensen": ["exactTrustRegion"], "dogleg": ["trustRegion"],
  "arc": ["cubicRegularization"], "cubic": ["cubicRegularization"],
  "lm": ["levenbergMarquardt", "exactTrustRegion"], "leastsq": ["levenbergMarquardt", "exactTrustRegion"],
  "marquardt": ["levenbergMarquardt", "exactTrustRegion"],
  "levenbergmarquardt": ["exactTrustRegion"], "gaussnewton": ["newton"], "gn": ["gaussNewton", "newton"],
  "nl2sol": ["structuredSecant"], "trf": ["trustRegionReflective", "tron", "trustRegion"],
  "dogbox": ["trustRegionReflective", "tron", "trustRegion"],
  "slsqp": ["tron", "trustRegionReflective", "bfgs"], "sqp": ["tron", "trustRegionReflective", "bfgs"],
  "cobyla": ["tron", "trustRegionReflective", "bfgs"],
  "neldermead": ["bfgs", "levenbergMarquardt"], "powell": ["bfgs", "dogleg"],
]
