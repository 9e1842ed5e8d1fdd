"""Stories walked in a real Chromium against the served demo bureau, as a stranger or an officer meets it.

Nothing here touches the database: what a journey knows, it reads from the screen. Every page a journey
opens is asked by axe whether it can be used by everybody.
"""
