// A line search sees only φ(α) and φ′(α), so it works alone on any scalar function.
import Secant

/// The first test function of Moré and Thuente (1994): φ(α) = −α / (α² + 2).
func φ(_ α: Double) -> (value: Double, slope: Double) {
  let d = α * α + 2
  return (-α / d, (α * α - 2) / (d * d))
}

for start in [1e-3, 1e-1, 1e1, 1e3] {
  print("Moré–Thuente from \(start):", MoreThuente().search(trying: start, φ))
}
print("Hager–Zhang:", HagerZhang().search(trying: 10, φ))
print("strong Wolfe:", StrongWolfe().search(trying: 10, φ))
print("Armijo:", Armijo().search(trying: 10, φ))
