import Mustache

/// How every page looks, on white and on black.
enum ReportStyle {
  /// The template of a page: the head and the title that all have, the rules and the body of this one.
  ///
  /// It is a constant of this module, and every test that renders a page parses it.
  static func template(rules: String, body: String) -> MustacheTemplate {
    do {
      return try MustacheTemplate(
        string: """
          <!DOCTYPE html>
          <html lang="en">
          <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{{title}} · Secant</title>
          <style>
          \(css)
          \(rules)
          </style>
          </head>
          <body>
          <h1>{{title}}</h1>
          \(body)
          </body>
          </html>
          """)
    } catch { fatalError("The report's template is malformed: \(error)") }
  }

  /// The pictures in a page's body, or why there are none.
  static let pictures = """
    {{#notes}}
    <p>{{.}}</p>
    {{/notes}}
    <div class="figures">
    {{#figures}}
    <figure><figcaption>{{title}}</figcaption>
    {{{svg}}}
    </figure>
    {{/figures}}
    </div>
    """

  /// What ``pictures`` is filled with: each picture under its title, but for those that show nothing.
  static func pictures(_ drawings: [(title: String, svg: () throws -> String?)]) -> [String: Any] {
    var figures: [[String: String]] = []
    var notes: [String] = []
    do {
      for drawing in drawings {
        if let svg = try drawing.svg() { figures.append(["title": drawing.title, "svg": svg]) }
      }
    } catch { notes.append("\(error)") }
    return ["figures": figures, "notes": notes]
  }

  private static let css = """
    :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --faint: #6a737d; --line: #d7dce1; --good: #1a7f37; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e4e8ec; --paper: #14181d; --faint: #96a0aa; --line: #343c45; --good: #57c278; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif; }
    h1, p, pre { overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; margin: 0 0 .3rem; }
    h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
    p { margin: .2rem 0; }
    .caption, .status { color: var(--faint); }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap; }
    th, td { padding: .3rem .8rem; text-align: right; border-bottom: 1px solid var(--line); }
    thead th { color: var(--faint); font-weight: 600; }
    @media (max-width: 30rem) { th, td { padding: .3rem .4rem; } tbody th { white-space: normal; } }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 32rem), 1fr)); gap: 1.5rem; }
    figure { margin: 0; }
    figcaption { font-weight: 600; margin-bottom: .3rem; }
    svg { width: 100%; height: auto; color: var(--ink); }
    svg text { fill: currentColor; }
    dt { font-weight: 600; margin-top: .9rem; }
    dd { margin: 0; }
    """
}
