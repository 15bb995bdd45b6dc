"""Names in sentences of reports: what they are, what they are not, and which mean the same."""

import pytest

BOTH = pytest.mark.parametrize("model", [True, False], ids=["model", "no model"])


def test_mentions_do_not_overlap_and_quote_the_text(report):
    document, _passages, names = report(
        'Police in Tumaco, Colombia arrested Ramiro Quiñones Tapia, alias "El Sapo," of the Chontas gang.'
    )
    assert names.mentions
    for one, other in zip(names.mentions, names.mentions[1:], strict=False):
        assert one.end <= other.start
    for mention in names.mentions:
        assert document.text[mention.start : mention.end].strip()
        assert 0 <= mention.entity < len(names.entities)


def test_a_person_has_surname_alias_and_role(entity):
    text = (
        "Police arrested Ramiro Quiñones Tapia, alias “El Sapo,” the alleged leader of a "
        "trafficking ring, in Quito. "
        "Quiñones denied the charges. Prosecutors say El Sapo paid the drivers."
    )
    person = entity(text, "Ramiro Quiñones Tapia")
    assert person.type == "person"
    assert set(person.aliases) == {"El Sapo", "Quiñones"}
    assert person.role == "alleged leader of a trafficking ring"


def test_a_role_before_the_name_keeps_its_reservation(entity):
    assert entity("Agents held suspected drug trafficker Elmer Ponce Rivas.", "Elmer Ponce Rivas").role == (
        "suspected drug trafficker"
    )
    assert entity("Interior Minister Elena Duarte spoke.", "Elena Duarte").role == "Interior Minister"


def test_a_nickname_in_the_name_is_a_further_name(entity):
    person = entity('The court tried Elmer "El Cuervo" Ponce on Monday.', "El Cuervo")
    assert person.name == "Elmer Ponce"


def test_brothers_are_one_person(found):
    assert ("person", "Tapia Rojas brothers") in found("The Tapia Rojas brothers charged a fee.")


@BOTH
def test_aliases_in_a_list(found, model):
    text = "En Cali cayeron alias «Tuerto», alias «Chispa» y «Lucho», jefes de la banda Los Mirlos."
    assert {
        ("person", "Tuerto"),
        ("person", "Chispa"),
        ("person", "Lucho"),
        ("group", "Los Mirlos"),
    } <= found(text, "es", model)


@BOTH
def test_surnames_alone_after_apellidos(found, model):
    text = "Los detenidos son de apellidos Mora Ureña (líder), Díaz Arce y Córdoba Salas, según la Fiscalía."
    names = found(text, "es", model)
    assert {("person", "Mora Ureña"), ("person", "Díaz Arce"), ("person", "Córdoba Salas")} <= names
    assert ("agency", "Fiscalía") in names


def test_groups_by_article_plural_and_kind(found):
    text = (
        "Prosecutors say “Los Caracoles” fought the Zamoras and the Tejones gang. "
        "The Puerto Nuevo cartel supplied all three."
    )
    names = found(text)
    assert {("group", "Los Caracoles"), ("group", "Zamoras"), ("group", "Tejones")} <= names
    assert any(type == "group" and name.startswith("Puerto Nuevo") for type, name in names)


@BOTH
def test_groups_in_spanish(found, model):
    text = (
        "La organización criminal denominada “Los Cachorros” disputa la zona con los Zúñiga. "
        "El Clan del Golfo y el Cartel de Sinaloa compran la droga."
    )
    names = found(text, "es", model)
    assert {("group", "Los Cachorros"), ("group", "Clan del Golfo"), ("group", "Cartel de Sinaloa")} <= names
    assert ("group", "Zúñiga") in names


def test_one_group_under_several_names(entity):
    text = "The Sinaloa and Los Zetas cartels met. The Zetas left first. Both Sinaloa and Los Zetas deny it."
    assert entity(text, "Los Zetas").type == "group"
    assert entity(text, "Sinaloa").type == "group"


def test_a_cartel_and_a_clan_of_one_place_stay_apart(found):
    names = found("The Gulf Cartel of Mexico and the Gulf Clan of Colombia share a name.")
    assert {("group", "Gulf Cartel"), ("group", "Gulf Clan")} <= names


def test_brackets_give_further_names(entity):
    text = "The Attorney General’s Office (Ministerio Público — MP) acted. The MP gave no names."
    agency = entity(text, "MP")
    assert agency.name == "Attorney General’s Office"
    assert set(agency.aliases) == {"Ministerio Público", "MP"}
    squad = entity("The Anti-Mafia Squad of the Litoral (AMSL) made arrests.", "AMSL")
    assert squad.type == "agency"


def test_agencies_lose_country_and_title(found):
    names = found(
        "Honduran National Police Commissioner Elmer Ponce met Ecuador’s Interior Ministry in Quito."
    )
    assert {
        ("agency", "National Police"),
        ("agency", "Interior Ministry"),
        ("person", "Elmer Ponce"),
    } <= names


@BOTH
def test_agencies_in_spanish_are_parted(found, model):
    text = (
        "La Dirección de Inteligencia de la Policía Nacional y la Fiscalía General de la "
        "Nación, con el CTI de la "
        "Fiscalía, actuaron en Nariño."
    )
    names = found(text, "es", model)
    assert {
        ("agency", "Dirección de Inteligencia"),
        ("agency", "Policía Nacional"),
        ("agency", "CTI"),
    } <= names
    assert ("agency", "Fiscalía General de la Nación") in names
    assert ("agency", "Fiscalía") not in names


def test_outlets_by_list_and_by_reporting(found):
    text = (
        "Eleven were held, reported El Comercio. Police told newspaper El Vigía Costeño "
        "that more would follow."
    )
    assert {("publisher", "El Comercio"), ("publisher", "El Vigía Costeño")} <= found(text)


def test_organisations_and_workers(found):
    names = found(
        "A study of the Center for Andean Studies says a group of 20 porters or "
        "“mochileros” crossed the hills."
    )
    assert {("organization", "Center for Andean Studies"), ("role", "mochileros")} <= names


@pytest.mark.parametrize(
    "text",
    [
        "Mexican and Colombian traffickers met American agents.",
        "Since Monday, police have searched. Content was seized. Union leaders protested.",
        "Operation Thunder began in March under the Merida Initiative.",
        "They hid it in a Toyota Hilux and under the Narcotics Law.",
        "As told in the series “The River Clans,” the trade grew.",
        "Police said that gangs fight. These groups are small. A cartel rose.",
    ],
)
def test_what_is_no_party_is_left_out(found, text):
    assert found(text) == set()


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "Según las autoridades, la droga salió. Además, hubo capturas. Durante el operativo no hubo heridos.",
        "Los detenidos ya fueron presentados. Estos últimos callaron. Entre ellos hay "
        "colombianos y peruanos.",
        "La Operación Trueno empezó en marzo.",
    ],
)
def test_spanish_sentences_without_names(found, text, model):
    assert found(text, "es", model) == set()


def test_headings_alone_name_nothing(found):
    assert ("place", "Lima") not in found(
        "Trouble in Lima\n\nPolice in Callao made arrests, and said no more of it."
    )


def test_an_empty_report(found):
    assert found("") == set()
    assert found("...\n\n—") == set()


def test_a_role_before_a_comma(entity):
    text = "The alleged leader of the Tejones, Elmer Ponce Rivas, met the nephew of the mayor, Rosa Salas."
    assert entity(text, "Elmer Ponce Rivas").role == "alleged leader of the Tejones"
    assert entity(text, "Rosa Salas").role == "mayor"
    spanish = entity("Habló el ministro de Gobernación, Elmer Ponce, ayer.", "Elmer Ponce", "es", False)
    assert spanish.role == "ministro de Gobernación"


def test_a_group_said_to_be_one(found):
    assert ("group", "Cincuenta") in found(
        "They joined the Cincuenta, a splinter group that left the Zamoras."
    )
    assert ("group", "57th Front") in found("The 57th Front moved north.")


def test_buildings_and_vessels_are_no_persons(found):
    assert found("Abordó el avión en la base aérea Elmer Ponce Rivas.", "es") == set()


def test_another_name_after_the_group(entity):
    group = entity(
        "Llegaron Los Mirlos, también conocidos como Cartel de la Loma, ayer.", "Los Mirlos", "es", False
    )
    assert "Cartel de la Loma" in (group.name, *group.aliases)


def test_letters_from_brackets_name_the_group_again(entity):
    text = (
        "The Cartel of the Seven Bells (CSBX) fought for the port. Two years went by. "
        "Since then the CSBX has lived on in cells."
    )
    assert "CSBX" in entity(text, "Cartel of the Seven Bells").aliases


def test_the_first_word_of_a_group_names_it_again(report):
    text = "The Clan Ibarra held the bay for years. Many feared the Clan even then."
    _document, _passages, names = report(text)
    assert len({each.entity for each in names.mentions if names.entities[each.entity].type == "group"}) == 1
