"""Heads that mean our fields, French and English: compared without accents, case, punctuation or small words."""

from __future__ import annotations

HEADS: dict[str, str] = {
    "staff_number": (
        "matricule|mat|n° matricule|numéro matricule|matricule salarié|n° salarié|numéro de salarié|"
        "code salarié|staff number|staff no|employee number|employee id|payroll number|id"
    ),
    "full_name": (
        "nom et prénom|nom prénom|noms et prénoms|nom prénoms|prénom nom|prénom et nom|nom complet|salarié|"
        "salariée|salarié·e|salarié(e)|employé|collaborateur|personne|bénéficiaire|employee|full name|person|"
        "worker"
    ),
    "name": "nom|nom de famille|nom usuel|nom d'usage|nom marital|name|last name|surname|family name",
    "birth_name": "nom de naissance|nom de jeune fille|nom patronymique|birth name|maiden name",
    "first_names": "prénom|prénoms|prénom(s)|first name|first names|given name|given names|forename",
    "birth_date": (
        "date de naissance|naissance|né le|née le|né(e) le|date naissance|ddn|date naiss|birth date|"
        "date of birth|birthdate|born|dob"
    ),
    "nir": (
        "nir|n° de sécurité sociale|numéro de sécurité sociale|n° sécu|n° ss|n° sécurité sociale (nir)|"
        "sécurité sociale|n° de sécurité sociale (nir)|numéro insee|n° insee|social security number|"
        "social security number (nir)|ssn|no ss"
    ),
    "nir_key": "clé|clé nir|clé ss|clé sécurité sociale|nir key",
    "ntt": "ntt|numéro technique temporaire|n° technique temporaire|numéro temporaire|temporary number",
    "sex": "sexe|civilité|genre|titre|sex|gender|title",
    "status": (
        "statut|status|ppde|statut ppde|ppde / autre|ppde ou autre|ppde / non ppde|ppde ou non|ppde o/n|"
        "ppde oui/non|public|type de public|catégorie ppde|type de salarié"
    ),
    "recognised_on": (
        "date de reconnaissance|reconnu le|reconnue le|date de décision|date décision cle|décision prise le|"
        "date ppde|date d'éligibilité|date de validation cle|recognised on|decision date|recognition date"
    ),
    "decision_number": (
        "n° de décision|numéro de décision|décision|décision cle|n° décision cle|référence décision|"
        "decision number|decision"
    ),
    "site": "site|lieu|lieu de travail|établissement|antenne|implantation|location|workplace",
    "activity": "activité|atelier|pôle|secteur|service|équipe|activity|workshop|team|department",
    "entry": (
        "date d'entrée|entrée|date entrée|date d'embauche|embauche|début de contrat|date de début|début|"
        "date début contrat|entré le|embauché le|entry date|start date|hire date|hired on|entry|start"
    ),
    "exit": (
        "date de sortie|sortie|date sortie|fin de contrat|date de fin|date fin contrat|fin|départ|"
        "date de départ|sorti le|exit date|end date|leaving date|exit|end"
    ),
    "weekly_hours": (
        "durée hebdomadaire|durée hebdo|heures hebdomadaires|heures hebdo|heures par semaine|h/semaine|h/sem|"
        "horaire hebdomadaire|horaire hebdo|temps de travail hebdomadaire|temps hebdomadaire|"
        "durée hebdomadaire de travail|weekly hours|hours per week|hours/week"
    ),
    "monthly_hours": (
        "durée mensuelle|heures mensuelles|heures par mois|horaire mensuel|h/mois|heures contrat|"
        "heures contractuelles|monthly hours|hours per month|contract hours"
    ),
    "hourly_pay": "taux horaire|taux horaire brut|salaire horaire|taux|hourly pay|hourly rate|hourly wage",
    "job": "emploi|poste|fonction|métier|intitulé du poste|libellé emploi|job|job title|position",
    "contract_number": "n° de contrat|numéro de contrat|contrat|n° contrat|contract number|contract",
    "address": "adresse|rue|adresse postale|address|street",
    "postcode": "code postal|cp|postcode|postal code|zip",
    "town": "ville|commune|localité|town|city",
    "email": "e-mail|email|mail|courriel|adresse e-mail|adresse mail|adresse électronique|email address",
    "phone": "téléphone|tél|tel|portable|mobile|n° de téléphone|téléphone portable|phone|phone number",
    "iban": "iban|compte bancaire|rib|bank account|account",
    "month": (
        "mois|période|mois de paie|mois travaillé|période de paie|mois concerné|month|period|pay month|pay period"
    ),
    "paid_hours": (
        "heures payées|heures payees|nb heures payées|nombre d'heures payées|total heures payées|heures|"
        "h payées|heures rémunérées|total heures|nb heures|nombre d'heures|paid hours|hours paid|hours|"
        "total hours"
    ),
    "gross_pay": "brut|salaire brut|brut mensuel|total brut|rémunération brute|gross|gross pay|gross salary",
    "overtime_hours": "heures supplémentaires|heures sup|hs|h sup|overtime|overtime hours",
    "complementary_hours": "heures complémentaires|heures comp|hc|h comp|complementary hours|additional hours",
    "absence.paid_leave": "congés payés|cp|congé payé|heures cp|paid leave|annual leave|leave",
    "absence.public_holiday": "jours fériés|jour férié|jf|fériés|public holidays|public holiday",
    "absence.training": "formation|fo|heures formation|training",
    "absence.sick_unpaid": (
        "maladie|mal|arrêt maladie|maladie non maintenue|maladie sans maintien|sick|sick leave|unpaid sick leave"
    ),
    "absence.sick_paid": (
        "maladie maintenue|maladie avec maintien|maintien de salaire|subrogation|paid sick leave|sick pay"
    ),
    "absence.work_accident": "accident du travail|at|accident de travail|work accident",
    "absence.maternity": "maternité|congé maternité|mp|maternité/paternité|maternity|maternity leave",
    "absence.paternity": "paternité|congé paternité|paternity|paternity leave",
    "absence.unpaid_leave": "sans solde|ss|congé sans solde|css|unpaid leave",
    "absence.unjustified": (
        "absence injustifiée|injustifiée|inj|absences injustifiées|unjustified|unjustified absence"
    ),
    "absence.suspension": "suspension|mise à pied|suspension de contrat|suspension of contract",
    "absence.rest": "repos compensateur|rc|récupération|repos|compensatory rest|time off in lieu",
    "absence.partial_activity": "activité partielle|ap|chômage partiel|partial activity|short-time work",
    "absence.unpaid": (
        "absences|absences non payées|heures d'absence|heures non payées|absences non rémunérées|absence|"
        "unpaid hours|absence hours|heures impayées"
    ),
    "bank.date": (
        "date|date opération|date de l'opération|date d'opération|date comptable|date de comptabilisation|"
        "date op|date d'écriture|booking date|transaction date"
    ),
    "bank.value_date": "date valeur|date de valeur|valeur|value date",
    "bank.label": (
        "libellé|libellés|libellé opération|libellé de l'opération|libellé simplifié|nature de l'opération|opération|"
        "description|intitulé|communication|motif|objet|label|details|narrative"
    ),
    "bank.more": (
        "libellé complémentaire|libellé opération détaillé|informations complémentaires|information complémentaire|"
        "détail|commentaire|memo|remittance information"
    ),
    "bank.payer": (
        "tiers|contrepartie|nom contrepartie|donneur d'ordre|émetteur|bénéficiaire / émetteur|payeur|payer|counterparty"
    ),
    "bank.debit": "débit|débits|débit euros|débit €|montant débit|débit (eur)|dépenses|paid out|debit amount",
    "bank.credit": "crédit|crédits|crédit euros|crédit €|montant crédit|crédit (eur)|recettes|paid in|credit amount",
    "bank.amount": (
        "montant|montant (eur)|montant euros|montant en euros|montant €|montant opération|montant de l'opération|amount"
    ),
    "bank.direction": "sens|débit/crédit|d/c|direction|debit/credit",
    "bank.currency": "devise|monnaie|currency",
    "bank.id": (
        "référence|référence opération|référence bancaire|n° opération|numéro d'opération|identifiant|"
        "transaction id|reference"
    ),
}
"""Our field → heads that mean it, separated by bars, most usual first."""


def any_of(words: str) -> frozenset[str]:
    """Make a set of words separated by bars."""
    return frozenset(words.split("|"))
