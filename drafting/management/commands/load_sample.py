"""manage.py load_sample: the invented conference, for a first look. Never on a real system."""

from __future__ import annotations

from typing import Any

from drafting import sample as invented
from drafting.management.scripting import ScriptCommand
from drafting.services import samples


class Command(ScriptCommand):
    help = "Loads the sample conference with its demo log-ins."

    def run(self, options: dict[str, Any]) -> dict[str, Any]:
        draft = samples.load()
        sample = invented.load()
        logins = [
            {
                "role": person.role,
                "for": person.delegation,
                "name": person.name,
                "email": person.email,
                "password": sample.password,
            }
            for person in sample.people
        ]
        return {"conference": sample.conference.slug, "draft": draft.symbol, "logins": logins}
