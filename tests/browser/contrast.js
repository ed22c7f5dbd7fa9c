// Gives the texts of the article whose contrast is under 4.5 to 1 (WCAG 2.2, 1.4.3), from the colours as computed.
const parse = (colour) => {
  const parts = colour.match(/[\d.]+/g).map(Number);
  const scale = colour.startsWith("color(srgb") ? 255 : 1;
  return [parts[0] * scale, parts[1] * scale, parts[2] * scale, parts[3] ?? 1];
};
const linear = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
const over = (top, under) => top.slice(0, 3).map((value, i) => value * top[3] + under[i] * (1 - top[3]));
const background = (element) => {
  const layers = [];
  for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
  return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
};
const passed = ".vh, .headerlink, .highlight, script, style, .none";
const bad = new Map();
const walk = document.createTreeWalker(document.getElementById("furo-main-content"), NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const element = walk.currentNode.parentElement;
  const text = walk.currentNode.data.trim();
  if (!text || element.closest(passed) || !element.checkVisibility()) continue;
  const colour = getComputedStyle(element).color;
  const under = background(element);
  const [a, b] = [luminance(over(parse(colour), under)), luminance(under)];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) bad.set(`${element.tagName}.${element.className} ${colour}`, `${text.slice(0, 30)} ${ratio.toFixed(2)}`);
}
return [...bad.entries()].map((pair) => pair.join(": "));
