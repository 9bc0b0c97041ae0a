// The public ids that the server and the catalogues share. A locale must word every one of them (tests check it).
import type { CaseState, DecisionAction, ReactionKind, RoomKind, StaffRole, Topic } from './types';

export const categories = [
    'suicide.passive', 'suicide.active', 'suicide.emergency', 'selfharm.disclosure', 'overdose.emergency',
    'selfharm.method', 'selfharm.incitement', 'eating.promotion', 'eating.numbers', 'drugs.sourcing',
    'drugs.glorification', 'misinfo.withdrawal', 'misinfo.medication', 'misinfo.cure', 'misinfo.illness',
    'solicitation', 'harassment', 'privacy.exposure', 'privacy.luring', 'sexual.grooming', 'impersonation',
] as const;

/** What a member may choose from, in the words of a person who is worried or hurt; the first that fits comes first. */
export const reportReasons = [
    'harassment', 'suicide.active', 'selfharm.incitement', 'eating.promotion', 'misinfo.cure', 'drugs.sourcing',
    'solicitation', 'privacy.exposure', 'sexual.grooming', 'impersonation', 'other',
] as const;

export const reactionKinds: readonly ReactionKind[] = ['hear', 'me_too', 'thanks', 'celebrate'];
export const roomKinds: readonly RoomKind[] = ['peer_support', 'therapy_group'];
export const topics: readonly Topic[] = ['general', 'addiction', 'eating', 'mood', 'trauma', 'illness'];
export const staffRoles: readonly StaffRole[] = ['moderator', 'facilitator', 'admin'];
export const caseStates: readonly CaseState[] = ['open', 'claimed', 'escalated', 'decided'];
export const actions: readonly DecisionAction[] = [
    'release', 'keep', 'remove', 'resources', 'warn', 'mute', 'ban', 'escalate',
];

/** Fluent ids cannot hold a dot. */
export const messageId = (id: string): string => id.replace(/[._]/g, '-');

/** Findings in these categories alone lead to no sanction: a disclosure never counts against its author. */
const careOnly = new Set<string>([
    'suicide.passive', 'suicide.active', 'suicide.emergency', 'selfharm.disclosure', 'overdose.emergency',
]);
export const isHarm = (id: string): boolean => isCategory(id) && !careOnly.has(id);

const known = new Set<string>(categories);
export const isCategory = (id: string): boolean => known.has(id);
