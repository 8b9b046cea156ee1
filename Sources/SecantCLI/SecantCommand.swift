import SecantCompare
@main struct M { static func main() {} }
