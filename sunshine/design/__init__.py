"""The look: layouts, components, styles and the day ruler, with no knowledge of the bureau's work.

Owns the two layouts (`design/public.html`, `design/desk.html`), the components of the tag library
`design`, the style sheets in cascade layers, and the drawing of a clock as a strip of days. A
component takes plain values: a word, a list of pairs, one of the small shapes in `parts`, or
anything with the same names. It asks nobody and never queries.

Every door may call it. Nothing below may, except that letters use `ruler.svg`.

The one surprise: inline styles, scripts and `on…` attributes are forbidden by the security policy,
so a width or colour that depends on a value is an SVG attribute or a class, never a style.
"""
