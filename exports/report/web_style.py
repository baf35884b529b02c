"""How the page looks: on a screen, on a telephone, on paper. Colours meet WCAG AA."""

STYLE = """
:root { color-scheme: light; --ink: #1a1a1a; --quiet: #4a4a4a; --line: #767676;
  --shade: #f2f4f7; --lead: #a61b1b; --this: #1f4e8c; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: var(--ink); line-height: 1.8;
  font: 1.0625rem/1.8 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; overflow-wrap: anywhere; }
h1 { margin: 1rem 0 1.75rem; padding-bottom: 1.25rem; border-bottom: 3px solid var(--lead);
  font-size: clamp(1.4rem, 4.5vw, 2rem); line-height: 1.4; text-align: center; }
h1 span { display: inline-block; }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.3rem; line-height: 1.5; }
h3 { margin: 1.25rem 0 .25rem; text-indent: 2em; font-size: 1.0625rem; line-height: 1.8; }
p { margin: 0 0 .5rem; text-indent: 2em; white-space: pre-wrap; }
p.own { text-indent: 0; }
p.note { text-indent: 0; text-align: center; color: var(--quiet); }
p.blank { min-height: 1.8em; }
footer { margin-top: 3rem; text-align: right; }
footer p { text-indent: 0; margin: 0; }
.wide { overflow-x: auto; border: 1px solid var(--line); }
.wide:focus-visible { outline: 3px solid var(--this); outline-offset: 2px; }
table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: .9375rem; line-height: 1.45; }
caption { caption-side: top; padding: .5rem; text-align: left; color: var(--quiet); }
caption span { position: sticky; left: .5rem; display: inline-block; }
th, td { padding: .45rem .4rem; border: 0 solid var(--line); border-width: 0 1px 1px 0;
  text-align: center; vertical-align: middle; background-clip: padding-box; }
caption + * tr:first-child > *, caption + * + * tr:first-child > * { border-top-width: 0; }
table { border-top: 1px solid var(--line); }
tr > .last { border-right-width: 0; }
th { background-color: var(--shade); font-weight: 600; text-wrap: balance; }
tbody th[scope^="row"] { background-color: #fff; font-weight: 400; text-align: left; }
tbody th[scope="rowgroup"] { text-align: center; }
td.figure { font-variant-numeric: tabular-nums; }
td.corner { background-color: var(--shade); font-size: .8125rem; text-align: left; }
#t2 th { width: 40%; }
#t2 th[scope^="col"] { width: auto; }
#t3 { min-width: 50rem; }
#t3 .c0, #t3 .c1, #t3 .c2 { position: sticky; z-index: 1; }
#t3 .c0 { left: 0; width: 3.25rem; }
#t3 .c1 { left: 3.25rem; width: 5.5rem; }
#t3 .c2 { left: 8.75rem; width: 15rem; border-right-width: 1px; }
#t3 .c0[colspan], #t3 .c1[colspan] { width: auto; }
#t3 thead th, #t3 td { min-width: 3.4rem; }
#t4 { min-width: 46rem; table-layout: fixed; }
#t4 th { padding: .4rem .2rem; }
figure { margin: 1rem 0 1.5rem; }
figcaption { font-weight: 600; margin-bottom: .25rem; }
.plot { overflow-x: auto; }
.plot:focus-visible { outline: 3px solid var(--this); outline-offset: 2px; }
svg { display: block; width: 100%; min-width: 38rem; max-width: 48rem; height: auto; margin: 0 auto; }
svg text { font-size: 14px; fill: var(--ink); }
svg .small { font-size: 12px; }
@media (max-width: 40rem) {
  body { font-size: 1rem; }
  main { padding: .75rem .9rem 2rem; }
  table { font-size: .8125rem; }
  th, td { padding: .35rem .25rem; }
  #t3 { width: auto; min-width: 38rem; }
  #t3 .c0 { width: 1.7rem; min-width: 1.7rem; }
  #t3 .c1 { left: 1.7rem; width: 3.1rem; min-width: 3.1rem; }
  #t3 .c2 { left: 4.8rem; width: 7.2rem; min-width: 7.2rem; max-width: 7.2rem; }
  #t3 .c0[colspan] { width: 12rem; min-width: 12rem; max-width: 12rem; }
  #t3 .c1[colspan] { width: 10.3rem; min-width: 10.3rem; max-width: 10.3rem; }
  #t4 { min-width: 40rem; }
}
@media print {
  @page { size: A4; margin: 22mm 18mm; }
  body { font: 12pt/1.7 FangSong, 仿宋, 仿宋_GB2312, "Noto Serif CJK SC", serif; }
  main { max-width: none; padding: 0; }
  h1 { font-family: 方正小标宋简体, "SimHei", 黑体, serif; font-size: 20pt; border-bottom: 0; }
  h2 { font-family: SimHei, 黑体, sans-serif; font-size: 14pt; break-after: avoid; }
  h3 { font-family: KaiTi, 楷体, serif; break-after: avoid; }
  .wide { overflow: visible; }
  table, #t3, #t4 { min-width: 0; font-size: 8.5pt; line-height: 1.25; }
  th, td { padding: 1.5pt 2pt; }
  thead { display: table-header-group; }
  tr, figure { break-inside: avoid; }
  #t3 .c0, #t3 .c1, #t3 .c2 { position: static; }
  #t3 thead th, #t3 td { min-width: 0; }
  .plot { overflow: visible; }
  svg { min-width: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
