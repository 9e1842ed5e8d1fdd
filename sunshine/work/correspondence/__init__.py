"""Correspondence (留言、信箱、热线、信访): what citizens say to the bureau, and what became of it.

It owns the case with its one number, the people who reported it, what was posted and waits for a look,
replies, promises with a date, tasks to other departments, alerts of public opinion, the services one can
report for, and the numbers under which other systems know our cases. It asks matters to move and number
a case, publishing to take files in, and the text room for likeness and for personal data.

It must not know documents: a selected answer becomes a record through the gate, begun by the desk.

The one surprise: a hundred people with one complaint are one case. Each of them is a reporter with a
code of their own; who joins moves to the case that stays, and nobody's clock begins again.
"""
