from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import resources
from dashboard.names_api import offers
from geodata.event import Actor, ActorKind
from geodata.view import Role, View


def labels(found):
    return [(offer["label"], offer["count"]) for offer in found]


def test_actors_come_by_how_often_they_occur(filled_store):
    assert labels(offers(filled_store, View(), "actor", ""))[:2] == [("Peshmerga", 5), ("Iraqi Armed Forces", 4)]
    assert labels(offers(filled_store, View(role=Role.TARGET), "actor", "")) == [("Peshmerga", 4)]
    assert labels(offers(filled_store, View(), "actor", "forces IRAQI")) == [("Iraqi Armed Forces", 4)]


def test_the_actors_chosen_do_not_hide_the_others(filled_store):
    chosen = View(actors=("Turkey",))
    assert labels(offers(filled_store, chosen, "actor", "")) == labels(offers(filled_store, View(), "actor", ""))


def test_groups_are_offered_before_actors(empty_installation, reading_of):
    assert empty_installation.data_dir.exists()
    army = Actor(name="Iraqi Army", text="troops", kind=ActorKind.STATE_FORCES, country="IQ")
    made = reading_of("Troops entered Kirkuk.", {})
    event = replace(made.events[0], source_actors=(army,))
    store = resources.store()
    store.write([replace(made, events=(event,))])
    assert labels(offers(store, View(), "actor", "iraq")) == [
        ("All actors of Iraq", 1),
        ("State forces of Iraq", 1),
        ("Iraqi Army", 1),
    ]
    assert labels(offers(store, View(), "actor", ""))[0] == ("State forces of Iraq", 1)


def test_a_name_typed_in_full_comes_before_groups(empty_installation, reading_of):
    assert empty_installation.data_dir.exists()
    civilians = Actor(name="Civilians", text="farmers", kind=ActorKind.CIVILIANS)
    israelis = Actor(name="Settlers", text="settlers", kind=ActorKind.CIVILIANS, country="IL")
    made = reading_of("Troops entered Kirkuk.", {})
    event = replace(made.events[0], source_actors=(civilians,), target_actors=(israelis,))
    store = resources.store()
    store.write([replace(made, events=(event,))])
    found = [label for label, _ in labels(offers(store, View(), "actor", "civilians"))]
    assert found[0] == "Civilians"
    assert len(found) > 1


def test_regions_are_found_by_name_and_alias_with_and_without_events(filled_store):
    assert labels(offers(filled_store, View(), "region", ""))[0] == ("Iraq", 5)
    assert ("Kirkuk", 3) in labels(offers(filled_store, View(), "region", "kirk"))
    found = offers(filled_store, View(), "region", "donbas")
    assert (found[0]["label"], found[0]["count"], found[0]["note"]) == ("Donbas", 0, "region")


def test_publishers(filled_store):
    assert labels(offers(filled_store, View(), "source", "")) == [("Example News", 6)]
    assert offers(filled_store, View(), "source", "nobody") == []


def test_the_route_answers_and_knows_what_did_not_change(client):
    answer = client.get("/api/names?by=source&words=&v=1&version=x")
    assert labels(answer.json()["offers"]) == [("Example News", 6)]
    again = client.get("/api/names?by=source&words=&v=1&version=x", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("words=x", "needs by as one of"),
        ("by=table&words=x", "needs by as one of"),
        ("by=actor&words=" + "x" * 300, "too long"),
        ("by=actor&words=&type=war", "“war”"),
    ],
)
def test_what_cannot_be_answered_is_said(client, query, said):
    answer = client.get(f"/api/names?{query}")
    assert answer.status_code == 400
    assert said in answer.json()["error"]
