"""Bank files for tests, in pieces: what one line of each format looks like."""

from __future__ import annotations

OFX1 = (
    "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n"
    "COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
)
OFX2 = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
)


def camt(*statements: str, version: str = "02", root: str = "BkToCstmrStmt") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">\n'
        f"<{root}><GrpHdr><MsgId>M1</MsgId></GrpHdr>\n{''.join(statements)}</{root}></Document>\n"
    ).encode()


def stmt(
    *entries: str, number: str = "S1", iban: str = "FR7630001007941234567890185", opening: str = "", closing: str = ""
) -> str:
    balances = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{text.lstrip('-')}</Amt>"
        f"<CdtDbtInd>{'DBIT' if text.startswith('-') else 'CRDT'}</CdtDbtInd></Bal>"
        for code, text in (("OPBD", opening), ("CLBD", closing))
        if text
    )
    account = f"<Acct><Id><IBAN>{iban}</IBAN></Id></Acct>"
    return f"<Stmt><Id>{number}</Id>{account}{balances}\n{''.join(entries)}</Stmt>\n"


def ntry(
    amount: str = "1930.40",
    *,
    direction: str = "CRDT",
    day: str = "<Dt>2026-11-25</Dt>",
    status: str = "BOOK",
    currency: str = "EUR",
    heads: str = "<AcctSvcrRef>A1</AcctSvcrRef>",
    details: str = "",
) -> str:
    booked = f"<BookgDt>{day}</BookgDt>" if day else ""
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts>{status}</Sts>'
        f"{booked}{heads}<NtryDtls>{details}</NtryDtls></Ntry>\n"
    )


def tx(refs: str = "", amount: str = "", party: str = "", words: str = "", more: str = "") -> str:
    money = f'<Amt Ccy="EUR">{amount}</Amt>' if amount else ""
    return f"<TxDtls><Refs>{refs}</Refs>{money}<RltdPties>{party}</RltdPties><RmtInf>{words}</RmtInf>{more}</TxDtls>\n"


def ofx(*movements: str, head: str = OFX1, balance: str = "", currency: str = "EUR", end: str = "</OFX>") -> bytes:
    return (
        f"{head}<OFX>\n<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>{currency}\n"
        "<BANKACCTFROM><BANKID>30001<BRANCHID>00794<ACCTID>12345678901<ACCTTYPE>CHECKING</BANKACCTFROM>\n"
        f"<BANKTRANLIST><DTSTART>20261101<DTEND>20261130\n{''.join(movements)}</BANKTRANLIST>\n{balance}"
        f"</STMTRS></STMTTRNRS></BANKMSGSRSV1>\n{end}\n"
    ).encode("cp1252")


def trn(
    amount: str = "+1930.40", day: str = "20261125", number: str = "F1", name: str = "FONDS ETCLD", memo: str = "CDE"
) -> str:
    fields = {"TRNTYPE": "CREDIT", "DTPOSTED": day, "TRNAMT": amount, "FITID": number, "NAME": name, "MEMO": memo}
    return "<STMTTRN>\n" + "".join(f"<{tag}>{value}\n" for tag, value in fields.items() if value) + "</STMTTRN>\n"


def xml_trn(
    amount: str = "1930.40", day: str = "20261125", number: str = "F1", name: str = "A", memo: str = "B"
) -> str:
    fields = {"TRNTYPE": "CREDIT", "DTPOSTED": day, "TRNAMT": amount, "FITID": number, "NAME": name, "MEMO": memo}
    return "<STMTTRN>" + "".join(f"<{tag}>{value}</{tag}>" for tag, value in fields.items()) + "</STMTTRN>\n"
