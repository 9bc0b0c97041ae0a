// Findings point into a message by UTF-8 byte offsets; JavaScript counts UTF-16 units. This turns one into the other.

export interface Span {
    start: number;
    end: number;
}

export interface Piece {
    text: string;
    marked: boolean;
}

function widths(codePoint: number): { bytes: number; units: number } {
    if (codePoint < 0x80) return { bytes: 1, units: 1 };
    if (codePoint < 0x800) return { bytes: 2, units: 1 };
    if (codePoint < 0x10000) return { bytes: 3, units: 1 };
    return { bytes: 4, units: 2 };
}

/** Offsets inside a character widen to hold it whole; offsets past the end stop at the end; empty spans go. */
export function unitSpans(text: string, byteSpans: readonly Span[]): Span[] {
    const startAt = new Map<number, number>();
    const endAt = new Map<number, number>();
    let byte = 0;
    let unit = 0;
    for (const character of text) {
        const { bytes, units } = widths(character.codePointAt(0)!);
        for (let inside = 0; inside < bytes; ++inside) {
            startAt.set(byte + inside, unit);
            endAt.set(byte + inside + 1, unit + units);
        }
        byte += bytes;
        unit += units;
    }
    const spans = byteSpans
        .filter(({ start, end }) => start < end && start < byte)
        .map(({ start, end }) => ({
            start: startAt.get(Math.max(0, start)) ?? 0,
            end: endAt.get(Math.min(end, byte)) ?? text.length,
        }))
        .sort((a, b) => a.start - b.start || a.end - b.end);
    const merged: Span[] = [];
    for (const span of spans) {
        const last = merged.at(-1);
        if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
        else merged.push({ ...span });
    }
    return merged;
}

/** The text in order, cut where marking begins and ends. */
export function cut(text: string, byteSpans: readonly Span[]): Piece[] {
    const pieces: Piece[] = [];
    let from = 0;
    for (const { start, end } of unitSpans(text, byteSpans)) {
        if (start > from) pieces.push({ text: text.slice(from, start), marked: false });
        pieces.push({ text: text.slice(start, end), marked: true });
        from = end;
    }
    if (from < text.length) pieces.push({ text: text.slice(from), marked: false });
    return pieces;
}
