// Money fields echo 万元 and words below, so that a wrong zero is seen while typing.
const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿", "万亿"];

function four(group) {
  let text = "";
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (!digit) gap = gap || text !== "";
    else {
      text += (gap ? "零" : "") + DIGITS[digit] + PLACES[place];
      gap = false;
    }
  }
  return text;
}

export function inWords(fen) {
  const whole = Math.floor(fen / 100);
  const [jiao, cent] = [Math.floor(fen / 10) % 10, fen % 10];
  let text = "";
  let gap = false;
  for (let at = 3; at >= 0; at -= 1) {
    const group = Math.floor(whole / 10 ** (4 * at)) % 10000;
    if (!group) gap = gap || text !== "";
    else {
      text += (text && (gap || group < 1000) ? "零" : "") + four(group) + GROUPS[at];
      gap = false;
    }
  }
  text = text || (fen ? "" : "零");
  text += whole || !fen ? "元" : "";
  text += jiao ? `${DIGITS[jiao]}角` : cent && whole ? "零" : "";
  return text + (cent ? `${DIGITS[cent]}分` : "整");
}

document.addEventListener("input", (event) => {
  const echo = event.target.closest(".az-field")?.querySelector("[data-echo]");
  if (!echo) return;
  const yuan = Number(event.target.value.replaceAll(/[,，\s]/g, ""));
  const fits = Number.isFinite(yuan) && yuan > 0 && yuan < 1e13;
  const wan = (yuan / 1e4).toLocaleString("zh-CN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const words = fits ? inWords(Math.round(yuan * 100)) : "";
  echo.textContent = fits ? (document.documentElement.lang === "en" ? words : `合 ${wan} 万元，${words}`) : "";
});
