"""Places that conflict reporting names, each with the country and roughly where it lies.

Points are from general knowledge, to about a tenth of a degree; `km` is how far the first
candidate may be off: 30 for towns, more for areas.
"""

from __future__ import annotations

import pytest

from geodata.gazetteer.entries import distance_km

TOWN, AREA, COUNTRY = 30, 160, 900

PLACES = [
    # Iraq
    ("Kirkuk", "IQ", 35.47, 44.39, TOWN),
    ("Kirkuk governorate", "IQ", 35.4, 44.2, AREA),
    ("Hawija", "IQ", 35.32, 43.77, TOWN),
    ("Daquq", "IQ", 35.14, 44.45, TOWN),
    ("Tuz Khurmatu", "IQ", 34.88, 44.63, TOWN),
    ("Altun Kupri", "IQ", 35.75, 44.14, TOWN),
    ("Dibis", "IQ", 35.67, 44.07, TOWN),
    ("Sinjar", "IQ", 36.32, 41.87, TOWN),
    ("Khanaqin", "IQ", 34.35, 45.38, TOWN),
    ("Jalawla", "IQ", 34.27, 45.17, TOWN),
    ("Fishkhabur", "IQ", 37.07, 42.38, TOWN),
    ("al-Qaim", "IQ", 34.37, 41.09, TOWN),
    ("Rawa", "IQ", 34.48, 41.92, TOWN),
    ("Mosul", "IQ", 36.34, 43.13, TOWN),
    ("Tal Afar", "IQ", 36.38, 42.45, TOWN),
    ("Makhmur", "IQ", 35.77, 43.58, TOWN),
    ("Erbil", "IQ", 36.19, 44.01, TOWN),
    ("Sulaymaniyah", "IQ", 35.56, 45.43, TOWN),
    ("Slemani", "IQ", 35.56, 45.43, TOWN),
    ("Duhok", "IQ", 36.87, 42.99, TOWN),
    ("Halabja", "IQ", 35.18, 45.99, TOWN),
    ("Bashiqa", "IQ", 36.45, 43.35, TOWN),
    ("Zummar", "IQ", 36.65, 42.60, TOWN),
    ("Rabia", "IQ", 36.80, 42.10, TOWN),
    ("Fallujah", "IQ", 33.35, 43.78, TOWN),
    ("Ramadi", "IQ", 33.42, 43.31, TOWN),
    ("Tikrit", "IQ", 34.60, 43.68, TOWN),
    ("Baiji", "IQ", 34.93, 43.49, TOWN),
    ("Samarra", "IQ", 34.20, 43.87, TOWN),
    ("Baqubah", "IQ", 33.75, 44.64, TOWN),
    ("Basra", "IQ", 30.51, 47.78, TOWN),
    ("Najaf", "IQ", 32.0, 44.34, TOWN),
    ("Karbala", "IQ", 32.6, 44.02, TOWN),
    ("Baghdad", "IQ", 33.34, 44.40, TOWN),
    ("Anbar", "IQ", 33.0, 41.7, AREA),
    ("Nineveh province", "IQ", 36.0, 42.5, AREA),
    ("Salahuddin", "IQ", 34.5, 43.6, AREA),
    ("Diyala", "IQ", 33.9, 45.0, AREA),
    ("Iraqi Kurdistan", "IQ", 36.2, 44.4, AREA),
    ("K1 air base", "IQ", 35.51, 44.28, TOWN),
    ("Bai Hassan", "IQ", 35.6, 44.0, TOWN),
    ("Baba Gurgur", "IQ", 35.53, 44.35, TOWN),
    ("Mosul Dam", "IQ", 36.63, 42.82, TOWN),
    ("Qandil", "IQ", 36.5, 45.0, 60),
    # Syria
    ("Aleppo", "SY", 36.2, 37.16, TOWN),
    ("Idlib", "SY", 35.93, 36.63, TOWN),
    ("Raqqa", "SY", 35.95, 39.01, TOWN),
    ("Deir ez-Zor", "SY", 35.34, 40.14, TOWN),
    ("Deir al-Zour", "SY", 35.34, 40.14, TOWN),
    ("Kobani", "SY", 36.89, 38.35, TOWN),
    ("Afrin", "SY", 36.51, 36.87, TOWN),
    ("Manbij", "SY", 36.53, 37.95, TOWN),
    ("al-Bab", "SY", 36.37, 37.52, TOWN),
    ("Qamishli", "SY", 37.05, 41.23, TOWN),
    ("Hasakah", "SY", 36.5, 40.75, TOWN),
    ("Palmyra", "SY", 34.56, 38.27, TOWN),
    ("Homs", "SY", 34.73, 36.71, TOWN),
    ("Hama", "SY", 35.13, 36.75, TOWN),
    ("Daraa", "SY", 32.62, 36.1, TOWN),
    ("Eastern Ghouta", "SY", 33.53, 36.4, TOWN),
    ("al-Tanf", "SY", 33.5, 38.66, TOWN),
    ("Abu Kamal", "SY", 34.45, 40.92, TOWN),
    ("Khan Shaykhun", "SY", 35.44, 36.65, TOWN),
    ("Latakia", "SY", 35.53, 35.78, TOWN),
    # Ukraine, Russia
    ("Bakhmut", "UA", 48.59, 38.0, TOWN),
    ("Artemivsk", "UA", 48.59, 38.0, TOWN),
    ("Avdiivka", "UA", 48.14, 37.74, TOWN),
    ("Mariupol", "UA", 47.1, 37.55, TOWN),
    ("Kherson", "UA", 46.64, 32.62, TOWN),
    ("Robotyne", "UA", 47.45, 35.84, TOWN),
    ("Chasiv Yar", "UA", 48.59, 37.83, TOWN),
    ("Pokrovsk", "UA", 48.28, 37.18, TOWN),
    ("Kharkiv", "UA", 49.99, 36.23, TOWN),
    ("Kiev", "UA", 50.45, 30.52, TOWN),
    ("Zaporizhzhia", "UA", 47.85, 35.12, TOWN),
    ("Severodonetsk", "UA", 48.95, 38.49, TOWN),
    ("Izium", "UA", 49.21, 37.26, TOWN),
    ("Bucha", "UA", 50.55, 30.22, TOWN),
    ("Donbas", "UA", 48.3, 38.2, AREA),
    ("Crimea", "UA", 45.3, 34.4, AREA),
    ("Luhansk oblast", "UA", 49.0, 39.0, AREA),
    ("Belgorod", "RU", 50.6, 36.58, TOWN),
    ("Sudzha", "RU", 51.19, 35.27, TOWN),
    ("Grozny", "RU", 43.32, 45.69, TOWN),
    # Israel, Palestine, Lebanon
    ("Gaza City", "PS", 31.5, 34.46, TOWN),
    ("Gaza Strip", "PS", 31.4, 34.35, TOWN),
    ("Rafah", "PS", 31.28, 34.25, TOWN),
    ("Khan Younis", "PS", 31.34, 34.30, TOWN),
    ("Jabalia", "PS", 31.53, 34.48, TOWN),
    ("Deir al-Balah", "PS", 31.42, 34.35, TOWN),
    ("Jenin", "PS", 32.46, 35.3, TOWN),
    ("Nablus", "PS", 32.22, 35.26, TOWN),
    ("Hebron", "PS", 31.53, 35.1, TOWN),
    ("West Bank", "PS", 32.0, 35.25, 60),
    ("Sderot", "IL", 31.52, 34.6, TOWN),
    ("Kiryat Shmona", "IL", 33.21, 35.57, TOWN),
    ("Majdal Shams", "SY", 33.27, 35.77, TOWN),
    ("Golan Heights", "SY", 33.0, 35.75, 60),
    ("Dahiyeh", "LB", 33.85, 35.5, TOWN),
    ("Tyre", "LB", 33.27, 35.2, TOWN),
    ("Nabatieh", "LB", 33.38, 35.48, TOWN),
    ("Beirut", "LB", 33.89, 35.5, TOWN),
    # Yemen, Libya, Iran, Turkey
    ("Hodeidah", "YE", 14.8, 42.95, TOWN),
    ("Marib", "YE", 15.46, 45.33, TOWN),
    ("Taiz", "YE", 13.58, 44.02, TOWN),
    ("Saada", "YE", 16.94, 43.76, TOWN),
    ("Sanaa", "YE", 15.35, 44.2, TOWN),
    ("Tripoli", "LY", 32.89, 13.19, TOWN),
    ("Benghazi", "LY", 32.12, 20.07, TOWN),
    ("Sirte", "LY", 31.2, 16.59, TOWN),
    ("Derna", "LY", 32.76, 22.64, TOWN),
    ("Tehran", "IR", 35.69, 51.42, TOWN),
    ("Diyarbakir", "TR", 37.91, 40.22, TOWN),
    # Sudan, South Sudan, Ethiopia, Somalia
    ("Khartoum", "SD", 15.55, 32.53, TOWN),
    ("Omdurman", "SD", 15.64, 32.48, TOWN),
    ("El Fasher", "SD", 13.63, 25.35, TOWN),
    ("Nyala", "SD", 12.05, 24.88, TOWN),
    ("El Geneina", "SD", 13.45, 22.45, TOWN),
    ("Wad Madani", "SD", 14.4, 33.52, TOWN),
    ("Darfur", "SD", 13.5, 24.5, 300),
    ("Juba", "SS", 4.85, 31.58, TOWN),
    ("Malakal", "SS", 9.53, 31.66, TOWN),
    ("Mekelle", "ET", 13.5, 39.47, TOWN),
    ("Tigray", "ET", 13.9, 38.8, AREA),
    ("Mogadishu", "SO", 2.04, 45.34, TOWN),
    ("Kismayo", "SO", -0.36, 42.54, TOWN),
    ("Baidoa", "SO", 3.11, 43.65, TOWN),
    # Congo, Sahel, Nigeria, Mozambique
    ("Goma", "CD", -1.68, 29.22, TOWN),
    ("Bukavu", "CD", -2.5, 28.85, TOWN),
    ("Bunia", "CD", 1.56, 30.25, TOWN),
    ("Beni", "CD", 0.49, 29.47, TOWN),
    ("Masisi", "CD", -1.4, 28.8, 60),
    ("North Kivu", "CD", -0.5, 28.9, AREA),
    ("Timbuktu", "ML", 16.77, -3.0, TOWN),
    ("Menaka", "ML", 15.92, 2.4, TOWN),
    ("Djibo", "BF", 14.1, -1.63, TOWN),
    ("Tillaberi", "NE", 14.21, 1.45, TOWN),
    ("Maiduguri", "NG", 11.85, 13.16, TOWN),
    ("Borno", "NG", 11.9, 13.1, AREA),
    ("Cabo Delgado", "MZ", -12.4, 39.6, AREA),
    ("Palma", "MZ", -10.77, 40.47, TOWN),
    # Asia, Caucasus, Americas
    ("Kabul", "AF", 34.53, 69.17, TOWN),
    ("Kunduz", "AF", 36.73, 68.86, TOWN),
    ("Helmand", "AF", 31.2, 64.1, AREA),
    ("Peshawar", "PK", 34.01, 71.58, TOWN),
    ("Rakhine", "MM", 20.0, 93.6, AREA),
    ("Myawaddy", "MM", 16.69, 98.51, TOWN),
    ("Lashio", "MM", 22.94, 97.75, TOWN),
    ("Srinagar", "IN", 34.09, 74.81, TOWN),
    ("Imphal", "IN", 24.81, 93.94, TOWN),
    ("Marawi", "PH", 8.0, 124.29, TOWN),
    ("Stepanakert", "AZ", 39.82, 46.75, TOWN),
    ("Nagorno-Karabakh", "AZ", 39.8, 46.75, 60),
    ("Port-au-Prince", "HT", 18.54, -72.34, TOWN),
    ("Culiacan", "MX", 24.8, -107.39, TOWN),
    # countries and what is larger
    ("Iraq", "IQ", 33.0, 44.0, COUNTRY),
    ("DR Congo", "CD", -2.9, 23.7, COUNTRY),
    ("South Sudan", "SS", 7.3, 30.2, COUNTRY),
    ("UAE", "AE", 24.0, 54.3, COUNTRY),
    ("Euphrates", "", 34.4, 41.0, AREA),
    ("Middle East", "", 30.0, 44.0, COUNTRY),
]

# A town abroad is larger than the place that is meant; with the country named it is found.
NEEDS_COUNTRY = {"Palma"}


@pytest.mark.parametrize("expected", PLACES, ids=[place[0] for place in PLACES])
def test_a_conflict_place_is_found_where_it_lies(gazetteer, expected):
    name, country, lat, lon, km = expected
    found = gazetteer.search(name, country=country if name in NEEDS_COUNTRY else None)
    assert found, "not found at all"
    place = found[0].place
    assert place.country == country
    assert distance_km(place.lat, place.lon, lat, lon) <= km


def test_the_list_is_long_enough_to_say_something():
    assert len(PLACES) >= 150
    assert len({place[0] for place in PLACES}) == len(PLACES)


def test_an_old_spelling_of_a_large_city_does_not_take_the_name_of_a_curated_town(gazetteer):
    assert gazetteer.search("Mambasa", limit=1)[0].place.country == "CD"
    assert gazetteer.search("Mombasa", limit=1)[0].place.country == "KE"
