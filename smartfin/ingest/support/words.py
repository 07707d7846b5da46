"""The words of group finance's list of support: headings and kinds, in seven languages.

Written as ``comparable`` leaves them: no case, accents or punctuation.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from smartfin.support import Kind


class Column(StrEnum):
    """What a column of the list holds."""

    PARTNER = "partner"
    QUARTER = "quarter"
    KIND = "kind"
    AMOUNT = "amount"
    CURRENCY = "currency"
    NOTE = "note"


NEEDED = tuple(column for column in Column if column is not Column.NOTE)
"""The columns without which a row says nothing."""

_HEADINGS: Mapping[Column, str] = {
    Column.PARTNER: """partner|country|partner organisation|partnerorganisatie|land|partenaire|pays
        |partnerorganisation|socio|pais|entidad|organizacion|paese|partner paese""",
    Column.QUARTER: "quarter|period|kwartaal|periode|trimestre|quartal|periodo|kvartal|period",
    Column.KIND: """kind|kind of support|type|type of support|soort|soort steun|nature|type d aide
        |type de soutien|genre|art|art der unterstutzung|tipo|tipo de apoyo|clase|tipo di sostegno
        |slag|typ|slag av stod|typ av stod""",
    Column.AMOUNT: "amount|bedrag|montant|betrag|importe|importo|belopp",
    Column.CURRENCY: "currency|munt|valuta|devise|monnaie|wahrung|moneda|divisa|valuta",
    Column.NOTE: """note|remark|comment|opmerking|toelichting|remarque|commentaire|bemerkung
        |anmerkung|nota|observacion|osservazione|anmarkning|kommentar|notering""",
}

_KINDS: Mapping[Kind, str] = {
    Kind.CONTRIBUTION: """contribution|group contribution|grant to partner|bijdrage|groepsbijdrage
        |contribution du groupe|beitrag|gruppenbeitrag|zuschuss|contribucion|aportacion
        |aportacion del grupo|contributo|contributo del gruppo|bidrag|koncernbidrag""",
    Kind.CAPITAL: """capital|capital injection|equity|equity injection|kapitaal|kapitaalinbreng
        |apport en capital|injection de capital|kapital|kapitaleinlage|capital aportado
        |aportacion de capital|capitale|apporto di capitale|kapitaltillskott|tillskott""",
    Kind.LOAN_DRAWN: """loan|loan drawn|drawdown|new loan|lening|opgenomen lening|pret|pret tire
        |nouveau pret|darlehen|ausgezahltes darlehen|neues darlehen|prestamo|prestamo dispuesto
        |nuevo prestamo|finanziamento|finanziamento erogato|prestito|nuovo prestito|lan
        |utbetalt lan|nytt lan""",
    Kind.LOAN_REPAID: """loan repaid|repayment|loan repayment|terugbetaalde lening|terugbetaling
        |aflossing|pret rembourse|remboursement|getilgtes darlehen|tilgung|ruckzahlung
        |prestamo devuelto|devolucion|amortizacion|prestito rimborsato|rimborso
        |finanziamento rimborsato|aterbetalt lan|amortering|aterbetalning""",
    Kind.LOAN_BALANCE: """loans outstanding|loan outstanding|loan balance|uitstaande leningen
        |uitstaande lening|prets en cours|encours des prets|offene darlehen|darlehensstand
        |prestamos vivos|saldo de prestamos|prestiti in essere|saldo dei prestiti
        |finanziamenti in essere|utestaende lan|laneskuld""",
    Kind.WAIVER: """waiver|debt waiver|debt waived|kwijtschelding|kwijtgescholden schuld
        |abandon de creance|remise de dette|forderungsverzicht|schuldenerlass|condonacion
        |condonacion de deuda|quita|rinuncia al credito|remissione del debito|remissione
        |efterskankt skuld|skuldeftergift""",
    Kind.SERVICES: """services|free services|services free of charge|imputed services|diensten
        |gratis diensten|kosteloze diensten|services gratuits|mise a disposition gratuite
        |leistungen|unentgeltliche leistungen|kostenlose leistungen|servicios
        |servicios gratuitos|servizi|servizi gratuiti|tjanster|kostnadsfria tjanster
        |gratis tjanster""",
    Kind.GUARANTEE: """guarantee|guarantees|guarantees outstanding|waarborg|waarborgen|garantie
        |garanties|garantien|burgschaft|burgschaften|aval|avales|garantia|garantias|garanzia
        |garanzie|fideiussione|fideiussioni|garanti|garantier|borgen""",
}

CURRENCY_SIGNS: Mapping[str, str] = {"€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR"}


def _by_word(words: Mapping[Column, str] | Mapping[Kind, str]) -> dict[str, str]:
    listed = ((code, text) for code, text in words.items())
    return {" ".join(word.split()): code.value for code, text in listed for word in text.split("|")}


HEADING_OF: Mapping[str, Column] = {word: Column(c) for word, c in _by_word(_HEADINGS).items()}
KIND_OF: Mapping[str, Kind] = {
    **{word: Kind(code) for word, code in _by_word(_KINDS).items()},  # type: ignore[call-arg]
    **{" ".join(kind.value.split("-")): kind for kind in Kind},
}
