/** The reference page's looks, light and dark, wide and narrow. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #16181d; --quiet: #5b6270; --line: #dfe2e8; --paper: #fff;
  --side: #f8f9fb; --accent: #1d4fc4; --code: #f1f3f6; --get: #1b6b3a; --post: #1d4fc4;
  --put: #8a4b00; --delete: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaee; --quiet: #a2a9b6; --line: #2b2f37;
  --paper: #111318; --side: #16191f; --accent: #8db0ff; --code: #1d2129; --get: #6fd195;
  --post: #8db0ff; --put: #f0b060; --delete: #ff9a90; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr); color: var(--ink);
  background: var(--paper); font: 15px/1.55 "Geist", ui-sans-serif, system-ui, sans-serif; }
a { color: var(--accent); text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code { font: 0.875em/1.5 "Geist Mono", ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: 8px; padding: 0.75rem 1rem; overflow-x: auto; }
nav { border-right: 1px solid var(--line); background: var(--side); height: 100vh; position: sticky;
  top: 0; overflow-y: auto; padding: 1.25rem 1rem; }
nav .brand { font-weight: 600; color: inherit; text-decoration: none; }
nav ul { list-style: none; margin: 0.25rem 0 0.75rem; padding: 0; font-size: 13px; }
nav li a { display: block; padding: 0.2rem 0.5rem; border-radius: 6px; color: var(--quiet);
  text-decoration: none; overflow-wrap: anywhere; }
nav li a:hover { background: var(--code); color: var(--ink); }
nav summary { cursor: pointer; font-weight: 550; padding: 0.2rem 0; }
main { padding: 2rem clamp(1rem, 4vw, 3rem) 6rem; max-width: 62rem; min-width: 0; }
h1 { font-size: 1.6rem; margin: 0 0 0.5rem; } h2 { margin: 3rem 0 0.5rem; font-size: 1.25rem; }
h3 { font-size: 1rem; margin: 0 0 0.5rem; } h3 a { color: inherit; text-decoration: none; }
article { border-top: 1px solid var(--line); padding: 1.25rem 0; }
.quiet { color: var(--quiet); font-weight: 400; font-size: 0.9em; }
.method { font: 600 12px/1 "Geist Mono", ui-monospace, monospace; border: 1px solid currentColor;
  border-radius: 5px; padding: 0.2rem 0.4rem; margin-right: 0.35rem; }
.get { color: var(--get); } .post { color: var(--post); } .put, .patch { color: var(--put); }
.delete { color: var(--delete); }
table { width: 100%; border-collapse: collapse; margin: 0.75rem 0; font-size: 14px; }
caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 1rem 0.35rem 0; border-top: 1px solid var(--line); }
thead th { font-weight: 500; color: var(--quiet); border-top: 0; font-size: 12.5px; }
tbody th { font-weight: 500; width: 24%; } td:last-child { width: 50%; }
tr:target, article:target { background: color-mix(in oklab, var(--accent) 8%, transparent); }
@media (max-width: 760px) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 38vh; border-right: 0; border-bottom: 1px solid var(--line); }
  table, thead, tbody, tr, th, td, caption { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { border-top: 1px solid var(--line); padding: 0.4rem 0; }
  tbody th, td, td:last-child { border-top: 0; padding: 0.1rem 0; width: auto; }
}`;
