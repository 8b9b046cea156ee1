/// What looks at a page from within, in a browser: a script that runs before all others, and writes into the page around it
/// what it finds wrong. `view` names the view and `isPrint` says whether it is of paper.
let probe = #"""
  const findings = [];
  const note = (what, where) => findings.push(`${what}: ${where}`);
  window.addEventListener("error", event => note("error", event.message ?? event.target.outerHTML), true);
  const complain = console.error;
  console.error = (...words) => { note("error", words.join(" ")); complain(...words); };

  window.addEventListener("load", () => {
    for (const entry of performance.getEntriesByType("resource")) note("request", entry.name);

    // What is closed is looked at, too.
    for (const details of document.querySelectorAll("details")) details.open = true;

    if (document.documentElement.scrollWidth > innerWidth) {
      const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
      note("wider than the window", `${document.documentElement.scrollWidth} of ${innerWidth}: ${wide[0]?.outerHTML.slice(0, 80)}`);
    }

    // Every piece of text that is seen: where, how large, in which colour on which ground.
    const shown = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, element = node.parentElement;
      if (!node.data.trim() || element.closest("script, style, option") || !element.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const frame = element.closest(".scroll")?.getBoundingClientRect();
      for (const box of range.getClientRects()) {
        let [left, right] = [box.left, box.right];
        if (frame) [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
        if (right - left < 1 || box.height < 1) continue;
        shown.push({ element, text: node.data.trim().slice(0, 40), left, right, top: box.top, bottom: box.bottom });
      }
    }

    shown.sort((a, b) => a.top - b.top);
    for (let i = 0; i < shown.length; i++) {
      for (let j = i + 1; j < shown.length && shown[j].top < shown[i].bottom; j++) {
        const [a, b] = [shown[i], shown[j]];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - b.top;
        // The boxes of lines are higher than their letters.
        if (across > 1 && down > 0.3 * Math.min(a.bottom - a.top, b.bottom - b.top)) note("overlap", `‘${a.text}’ and ‘${b.text}’`);
      }
    }

    const rgba = text => {
      const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
      return { r, g, b, a };
    };
    const luminance = ({ r, g, b }) => {
      const [x, y, z] = [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ground = element => {
      for (let e = element; e; e = e.parentElement) {
        const colour = rgba(getComputedStyle(e).backgroundColor);
        if (colour.a > 0.99) return colour;
      }
      return { r: 255, g: 255, b: 255 };
    };
    const told = new Set();
    for (const { element, text } of shown) {
      if (told.has(element)) continue;
      told.add(element);
      const style = getComputedStyle(element), isDrawn = element instanceof SVGElement;
      const [a, b] = [luminance(rgba(isDrawn ? style.fill : style.color)), luminance(ground(element))].sort((a, b) => b - a);
      const contrast = (a + 0.05) / (b + 0.05);
      if (contrast < 4.5) note("contrast", `${contrast.toFixed(2)} of ‘${text}’`);
      const matrix = isDrawn ? element.getScreenCTM() : { a: 1, b: 0 };
      const size = parseFloat(style.fontSize) * Math.hypot(matrix.a, matrix.b);
      const least = isPrint ? 6.5 : 9;
      if (size < least) note("small", `${size.toFixed(1)} px of ‘${text}’`);
    }

    for (const figure of document.querySelectorAll("figure")) {
      const title = figure.querySelector("figcaption")?.textContent;
      const frame = figure.querySelector(":scope > svg").getBoundingClientRect();
      for (const text of figure.querySelectorAll(":scope > svg text")) {
        const box = text.getBoundingClientRect();
        const [x, y] = [Math.max(frame.left - box.left, box.right - frame.right), Math.max(frame.top - box.top, box.bottom - frame.bottom)];
        if (Math.max(x, y) > 1) note("cut off", `‘${text.textContent.trim()}’ on ‘${title}’`);
      }
      const labels = [...figure.querySelectorAll(":scope > svg text")].map(text => ({
        words: text.textContent.trim(), isUpright: Math.abs(text.getScreenCTM().b) > 0.01,
      })).filter(label => !/^[-−\d.e+⁰¹²³⁴⁵⁶⁷⁸⁹⁻]*$/.test(label.words));
      for (const isUpright of [false, true]) {
        const label = labels.find(label => label.isUpright === isUpright);
        const axis = isUpright ? "vertical" : "horizontal";
        if (!label) note("axis", `no ${axis} label on ‘${title}’`);
        else if (!/\(.+\)/.test(label.words)) note("axis", `no unit in ‘${label.words}’`);
      }
      if (figure.querySelectorAll(".legend li").length === 0) note("legend", `none beside ‘${title}’`);
    }

    for (const table of isPrint ? [] : document.querySelectorAll("table.sortable")) {
      const body = table.tBodies[0], all = body.rows.length;
      const visible = () => [...body.rows].filter(row => row.checkVisibility());
      const buttons = [...table.querySelectorAll("thead button")];
      if (buttons.length !== table.tHead.rows[0].cells.length) note("sort", "a head without a button");
      buttons.forEach((button, column) => {
        for (const sign of [1, -1]) {
          button.click();
          const keys = [...body.rows].map(row => row.cells[column].dataset.key).filter(key => key !== undefined)
            .map(Number).filter(key => !isNaN(key));
          if (body.rows.length !== all) note("sort", `${body.rows.length} of ${all} rows are left`);
          if (keys.some((key, k) => k > 0 && sign * (key - keys[k - 1]) < 0)) note("sort", button.textContent);
          if (keys.length === 0) {
            const texts = [...body.rows].map(row => row.cells[column].textContent);
            if (texts.some((text, k) => k > 0 && sign * text.localeCompare(texts[k - 1], "en", { numeric: true }) < 0)) {
              note("sort", button.textContent);
            }
          }
        }
      });
      const of = kind => document.querySelector(`${kind}[data-table="${table.id}"]`);
      const [input, select, output] = ["input", "select", "output"].map(of);
      if (!input || !select) { note("filter", "there is none"); continue; }
      const put = (field, value) => { field.value = value; field.dispatchEvent(new Event("input")); };
      const name = body.rows[0].cells[0].textContent;
      put(input, name.toUpperCase());
      if (!visible().some(row => row.cells[0].textContent === name)) note("filter", `‘${name}’ is not found`);
      if (visible().some(row => !row.textContent.toLowerCase().includes(name.toLowerCase()))) note("filter", name);
      put(input, "no such word");
      if (visible().length > 0 || !output.textContent.startsWith("0 of")) note("filter", "what is nowhere is found");
      put(input, "");
      for (const { value } of [...select.options].filter(option => option.value !== "")) {
        put(select, value);
        const has = row => [...row.cells].some(cell => cell.textContent.split(", ").includes(value));
        if (visible().length !== [...body.rows].filter(has).length) note("filter", value);
      }
      put(select, "");
      if (visible().length !== all) note("filter", "not all come back");
    }

    const seen = { width: innerWidth, isDark: matchMedia("(prefers-color-scheme: dark)").matches, texts: shown.length };
    parent.document.getElementById("findings").textContent += JSON.stringify({ view, seen, findings }) + "\n";
  });
  """#
