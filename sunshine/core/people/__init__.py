"""Who may act for whom, on which day.

Owns departments, posts, persons, terms of office (holdings), the roles that a post carries, and
delegation while somebody is away. A person never holds a role: a post does, and a person holds the
post for a term, so that a decision of last year stays with whoever held the post then.

Asks nobody: this is the lowest room. It must not know what a matter is; handing over open work is
therefore an act of the room `matters`, which ends the term in the same step.

The one surprise: `Person` is also the account that signs in.
"""
