import { describe, expect, it } from 'vitest';
import { counts, everything, isSlideAlone, leaseLeft, merge, select, urgent, type Cases } from '../src/state/review-queue';
import { at, reviewCase, user } from './helpers';

const of = (...cases: ReturnType<typeof reviewCase>[]): Cases => merge(new Map(), cases);
const ids = (cases: ReturnType<typeof select>) => cases.map((c) => c.id);

describe('the queue', () => {
    it('shows the most urgent first and what is decided last, newest first', () => {
        const cases = of(
            reviewCase('slow', { priority: 5 }), reviewCase('fast', { priority: 9 }), reviewCase('old', { state: 'decided', opened_at: at(1) }),
            reviewCase('new', { state: 'decided', opened_at: at(9) }), reviewCase('mine', { state: 'claimed', priority: 7 }),
        );
        expect(ids(select(cases, { ...everything, state: 'all' }))).toEqual(['fast', 'mine', 'slow', 'new', 'old']);
        expect(ids(select(cases, everything))).toEqual(['fast', 'mine', 'slow']);
    });

    it('falls back on severity and the clock where no priority tells', () => {
        const cases = of(reviewCase('a', { severity: 2 }), reviewCase('b', { severity: 4 }), reviewCase('c', { severity: 2, due_at: at(5) }));
        expect(ids(select(cases, everything))).toEqual(['b', 'c', 'a']);
    });

    it('counts a harm case whose author needs care in both lanes', () => {
        const cases = of(reviewCase('a', { needs_care: true }), reviewCase('b', { lane: 'care' }), reviewCase('c'));
        expect(counts(cases, everything)).toEqual({ all: 3, care: 2, harm: 2 });
        expect(ids(select(cases, { ...everything, lane: 'care' })).sort()).toEqual(['a', 'b']);
    });

    it('filters by room and by state', () => {
        const cases = of(reviewCase('a', { room: 'garden' }), reviewCase('b', { state: 'decided' }), reviewCase('c', { state: 'escalated' }));
        expect(ids(select(cases, { lane: 'all', state: 'waiting', room: 'garden' }))).toEqual(['a']);
        expect(ids(select(cases, { lane: 'all', state: 'decided', room: '' }))).toEqual(['b']);
    });

    it('keeps texts and notes that were read when a brief announcement comes', () => {
        const full = reviewCase('a', {
            message: { seq: 1, at: at(1), text: 'words', disposition: 'held' }, context: { before: [], after: [] },
            reports: [{ reason: 'other', note: 'look', at: at(2) }], claimed_by: user('m'), lease_expires_at: at(300), state: 'claimed',
        });
        const brief = reviewCase('a', { reports: [{ reason: 'other', at: at(2) }], severity: 3 });
        const merged = merge(of(full), [brief]).get('a')!;
        expect(merged).toMatchObject({ message: { text: 'words' }, reports: [{ note: 'look' }], severity: 3, state: 'open' });
        expect(merged.claimed_by).toBeUndefined();
        expect(merged.lease_expires_at).toBeUndefined();
    });

    it('calls for what pages and nobody holds', () => {
        const cases = of(
            reviewCase('a', { page: true }), reviewCase('b', { page: true, state: 'claimed' }), reviewCase('c', { page: true, state: 'decided' }),
            reviewCase('d', { page: true, state: 'escalated' }),
        );
        expect(urgent(cases).map((c) => c.id)).toEqual(['a', 'd']);
    });

    it('knows a slide from a line, and keeps its lines when a brief announcement comes', () => {
        const finding = { category: 'eating.numbers', rule: 'engine.drift.numbers', start: 0, end: 0 };
        const evidence = [{ seq: 1, at: at(1), from: user('a'), text: 'one' }];
        const slide = reviewCase('a', { drift: { kind: 'numbers', evidence }, findings: [finding], context: { before: [], after: [] } });
        expect(isSlideAlone(slide)).toBe(true);
        expect(isSlideAlone({ ...slide, findings: [finding, { ...finding, rule: 'en.x' }] })).toBe(false);
        expect(isSlideAlone({ ...slide, reports: [{ reason: 'other', at: at(2) }] })).toBe(false);
        expect(isSlideAlone(reviewCase('b'))).toBe(false);
        const merged = merge(of(slide), [reviewCase('a', { drift: { kind: 'numbers' }, state: 'claimed' })]).get('a')!;
        expect(merged.drift!.evidence).toEqual(evidence);
    });

    it('counts a lease down to nothing', () => {
        expect(leaseLeft(at(10), Date.parse(at(4)))).toBe(6000);
        expect(leaseLeft(at(10), Date.parse(at(40)))).toBe(0);
        expect(leaseLeft(undefined, 0)).toBe(0);
    });
});
