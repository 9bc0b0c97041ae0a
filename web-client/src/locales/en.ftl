### English. Short sentences, plain words, no blame. One idea per line.

## Everywhere
language = Language
skip = Skip to the content
help = Help
quick-exit = Leave now
quick-exit-hint = Leave this page at once (or press Esc three times)
close = Close
cancel = Cancel
continue = Continue
save = Save
saved = Saved
edit = Edit
copy = Copy
copied = Copied
you = you
loading = One moment…
try-again = Try again
go-home = Go to the start page
room = Room
nav-staff = For the team
nav-desk = Moderation
nav-admin = Administration
signed-in-as = You are here as { $name }.
footer-emergency = Hearth is no emergency service. In danger, call your local emergency number.
lost-title = Nothing is here
lost-text = This address leads nowhere. Perhaps a letter is missing.
day-today = Today
day-yesterday = Yesterday

## Help
help-title = Help, now
help-danger = If you or someone beside you is in danger, call your emergency number first. People in this room cannot send help to you.
help-people = People you can reach
help-offline = The list could not be loaded. Services in many countries are listed at
help-exit-title = Leaving in a hurry
help-exit = “Leave now”, or Esc three times, blanks this page and forgets what you were typing. It cannot erase your browser’s history: use a private window if someone else looks at this device.
help-here-title = When something here troubles you
help-here = Every message has a menu. There you can report it to the moderators or stop seeing the person. Neither of these tells anyone.
channel-call = Call
channel-text = Text
channel-chat = Chat
channel-web = Website

## Start page
home-title = Hearth: talk with people who know it
home-heading = A quiet place to talk with people who know what it is like
home-lead = Hearth holds small rooms for people in recovery, or living with an eating disorder, depression, trauma or illness. You come in by invitation and under a name you make up. No e-mail address, no phone number, no app.
home-invited = I have an invitation
invite-code = Invitation code
invite-code-hint = Paste the code, or the whole link you were sent.
invite-code-missing = Put the code of your invitation here.
home-peers = People who have been there
home-peers-text = Members listen, share what helped them and celebrate with one another. Nobody is ranked and nobody has to speak.
home-watched = Someone looks after the room
home-watched-text = What could hurt others waits until a moderator has read it. Speaking of your own pain is never held back.
home-yours = You decide
home-yours-text = Take a message back, stop seeing someone, leave in one tap. Nobody is told.
home-limits = What it is not
home-limits-text = No emergency service and no replacement for treatment. The Help button lists people you can reach right now.
staff-sign-in = Sign in as a moderator or administrator
my-rooms = Your rooms, { $name }
open-rooms = Open rooms you can enter
no-rooms = You are in no room yet
no-rooms-hint = With an invitation, you can come in below.
sign-out = Sign out on this device
sign-out-guest = You have no password here: after signing out you cannot come back under this name. Your messages stay until the room forgets them.
sign-out-staff = You can sign in again with your name and password.
stay = Stay signed in

## Kinds of groups and topics
kind-this-is = This is a { $kind }
kind-compare = How is a { $kind } different?
kind-not-emergency = Neither kind replaces emergency care.
kind-led = Led by
kind-does = What happens
kind-does-not = What it cannot do
kind-peer-support = peer support group
kind-peer-support-short = Peer support: members help members. No therapy, no emergency care.
kind-peer-support-led = Members who live with something similar, or trained helpers.
kind-peer-support-does = People listen, share what they have lived through, think of practical steps and celebrate together.
kind-peer-support-does-not = Give therapy, make a diagnosis, or tell you which medicine to take or stop.
kind-therapy-group = therapy group
kind-therapy-group-short = Therapy group led by a professional. No replacement for individual or emergency care.
kind-therapy-group-led = A mental-health or addiction professional whose standing was checked.
kind-therapy-group-does = The professional guides the talk, gives feedback and works with what happens between members.
kind-therapy-group-does-not = Replace your own therapist, doctor or individual treatment.
topic-general = Everyday life and support
topic-addiction = Addiction and recovery
topic-eating = Eating and body
topic-mood = Mood and anxiety
topic-trauma = After trauma
topic-illness = Living with illness

## Coming in
join-title = Invitation
join-invited-to = You are invited to
join-topic = Topic: { $topic }
ground-rules = Ground rules
join-form = Come in
join-as = You come in as { $name }.
join-name = What shall we call you?
join-name-hint = Make a name up. Not your real name, not one you use elsewhere. At most { $limit } characters.
join-accept = I am 18 or older. I have read what kind of group this is, and I will keep to its ground rules.
join-accept-no-rules = I am 18 or older, and I have read what kind of group this is.
join-accept-missing = Please tick this first.
join-submit = Enter the room
join-unknown = This invitation does not open a door
join-unknown-text = It may have expired, been used up or been mistyped. Ask the person who sent it for a new one.
name-missing = Choose a name, any name.

## Signing in
sign-in-title = Sign in
sign-in-text = For moderators, facilitators and administrators. Members come in with their invitation and need no password.
sign-in-name = Name
sign-in-password = Password
sign-in-submit = Sign in

## The room
room-need-invite = You need an invitation for this room
room-need-invite-text = This device is not signed in. Open the link you were sent, or enter its code on the start page.
about-room-short = About
about-privacy = Only people in this room and its moderators read what is written here. Messages are kept for a limited time.
agreement-title = Before you come in
agreement-text = This room asks everyone to keep to its ground rules.
agreement-accept = I will keep to them
agreement-decline = Not now
conversation = Conversation
people-here = Here now: { $count }
people-many = So many people are here that names are not shown.
people-hidden = People you do not see
hide-person = Stop seeing { $name }
show-person = See { $name } again
hide-explained = Hiding is your own affair: the person is never told. It lasts as long as this tab.
hidden-now = You no longer see messages of { $name }. You can undo this in the list of people.
room-empty = It is quiet here
room-empty-hint = You can be the first to say hello. Someone will read it.
load-earlier = Show earlier messages
jump-newest = Newest messages
new-messages = { $count ->
    [one] { $count } new message
   *[other] { $count } new messages
}
new-messages-line = New
typing = { $count ->
    [one] { $names } is writing…
   *[other] { $names } are writing…
}
typing-many = Several people are writing…
connecting = Connecting…
reconnecting = Reconnecting… your text is safe.
stopped-protocol-error = This page and the server did not understand each other. Reloading the page usually helps.
stopped-unauthenticated = You are no longer signed in on this device. What you wrote is still here.
stopped-banned = You cannot be in this room at the moment.
stopped-replaced = You opened Hearth in other tabs, and this one gave way. Nothing is lost.
stopped-too-many-connections = Too many connections come from here. Please wait a minute.
stopped-refused = The server ended the connection.
take-over = Go on here
refused-banned = You cannot be in this room at the moment
refused-banned-text = The moderators decided this. You still matter: the Help button lists people who can listen now.
refused-unknown-room = There is no such room
refused-unknown-room-text = It may have been closed, or the address is mistyped.
refused-not-a-member = You need an invitation for this room
refused-not-a-member-text = Ask the person who told you of it for a link.
refused-forbidden = This room is not open to you
refused-forbidden-text = Ask the person who told you of it for a link.
refused-not-found = There is no such room
refused-not-found-text = It may have been closed, or the address is mistyped.
refused-other = The room cannot be opened now
refused-other-text = Please try again in a while.

## Messages
message-by = { $name }, { $time }
message-menu = What you can do with this message of { $name }, { $time }
message-gone = (message taken back)
edited = (edited)
removed = A moderator removed this message.
removed-yours = A moderator removed this message of yours.
retracted = { $name } took this message back.
retracted-yours = You took this message back.
held-yours = Waiting for a moderator. Only you and the moderators see it.
held-staff = Waiting for review. Only its author and the moderators see it.
blocked-yours = Not shown to the room. Only you see it.
reply-to-earlier = In reply to an earlier message
reply-to-hidden = In reply to someone you do not see
reactions = Responses
react = Respond
reaction-hear = I hear you
reaction-me-too = Me too
reaction-thanks = Thank you
reaction-celebrate = Celebrating
names-and-others = { $names } and others
sheet-yours = Your message
sheet-of = Message of { $name }
reply = Reply
report = Report to the moderators
retract = Take back
retract-title = Take this message back?
retract-text = Its text disappears for everyone and cannot be brought back. A line remains that says you took it back.
retract-text-held = Its text disappears, for the moderators too.
retract-done = Taken back.
edit-needs-review = The new text would have to be read by a moderator first. You can send it as a message of its own.
edit-done = Changed.
role-facilitator = Facilitator
role-moderator = Moderator
role-admin = Administrator

## Writing
composer-label = Your message
composer-placeholder = Write something…
send = Send
sending = Sending…
waiting-to-send = Waiting for the connection. It will be sent once, by itself.
not-sent = Not sent. { $reason }
back-to-composer = Change it
discard = Throw away
replying-to = Reply to { $name }: { $text }
editing = You are changing your message
count-left = { $count ->
    [one] { $count } character left
   *[other] { $count } characters left
}
count-over = { $count ->
    [one] { $count } character too many
   *[other] { $count } characters too many
}
muted = You cannot write here for now.
muted-until = You can write again from { $until }.
muted-hint = You can still read along. If you need someone to talk to, the Help button is always there.

## What the room tells one person
notice-care = You are not alone with this
notice-held = A moderator will read this first
notice-held-next = You can change it or take it back in the meantime.
notice-blocked = This message was not shown
notice-nudge = A small thing about your message
notice-only-you = Only you see this.
notice-rest = Others
notice-if-needed = If you would like to talk to someone
notice-more-help = More people to reach
notice-dismiss = Put away
outcome-released = Your message is now in the room
outcome-removed = Your message was not kept
outcome-kept = Your message stays as it is
outcome-warned = A word from the moderators
outcome-resources = A moderator thought of you
sanction-warn = { $name } received a word from the moderators.
sanction-warn-you = The moderators ask you to keep to the ground rules.
sanction-mute = { $name } cannot write for now.
sanction-mute-until = { $name } cannot write until { $until }.
sanction-mute-you = You cannot write here for now. You can still read along.
sanction-mute-you-until = You can write again from { $until }. You can still read along.
sanction-ban = { $name } cannot be in this room for now.
sanction-ban-until = { $name } cannot be in this room until { $until }.
sanction-ban-you = You cannot be in this room for now.
sanction-ban-you-until = You cannot be in this room until { $until }.
sanction-lift = { $name } can write again.
sanction-lift-you = You can write again. Welcome back.
sanction-reason = It is about: { $reason }

## Reporting
report-title = Tell the moderators
report-who-sees = Moderators read this message, your reason and your note. They are not shown your name, and nobody in the room learns of the report.
report-reason = What troubles you?
report-choose = Please choose what comes closest.
report-note = Anything they should know? (optional)
report-send = Send to the moderators
report-done = Thank you. A moderator will look at it.
report-harassment = It insults, shames or threatens someone
report-suicide-active = I worry for the person who wrote it
report-selfharm-incitement = It pushes someone to hurt themselves
report-eating-promotion = It praises starving, purging or being ever thinner
report-misinfo-cure = The health advice is false or dangerous
report-drugs-sourcing = It offers drugs or asks for them
report-solicitation = It sells or advertises something
report-privacy-exposure = It gives away who someone is or how to reach them
report-sexual-grooming = It is a sexual approach
report-impersonation = It claims to be a doctor or therapist
report-other = Something else

## The moderator's desk
need-staff = This page is for the team
need-staff-text = Sign in with an account that may open it.
desk-choose = Choose a case from the list.
desk-urgent = { $count ->
    [one] { $count } urgent case waits for someone.
   *[other] { $count } urgent cases wait for someone.
}
desk-urgent-open = Open the most urgent
sound-on = Sound on
sound-off = Sound off
shortcuts = Keys
shortcuts-enabled = Use these keys
key-next = Next case
key-previous = Previous case
key-reveal = Show or hide the message
key-claim = Take the case, or keep it longer
key-decide = Go to the decision
key-back = Back to the list
key-help = This list
queue = Cases
queue-empty = No cases here
queue-empty-waiting = Nothing waits for a decision. New cases appear by themselves.
queue-empty-decided = Nothing has been decided yet.
queue-empty-all = Nothing has come up yet.
filter-lane = Lane
filter-state = Show
filter-state-waiting = Waiting
filter-state-decided = Decided
filter-state-all = All
filter-room = Room
filter-room-all = All rooms
lane-tab-all = All
lane-tab-care = Care
lane-tab-harm = Harm
lane-care = Care
lane-harm = Harm
lane-care-too = The author may need care
severity-0 = Nothing found
severity-1 = Slight
severity-2 = Moderate
severity-3 = Serious
severity-4 = Critical
due = first look { $when }
due-late = first look was due { $when }
claimed-by = { $name } has it, { $left } left
claimed-by-you = You have it, { $left } left
case = Case
case-state-open = open
case-state-claimed = taken
case-state-escalated = waits for an administrator
case-state-decided = decided
case-state-appealed = appealed
case-state-upheld = upheld
case-state-overturned = overturned
back-to-queue = All cases
case-message = What { $name } wrote
case-masked = The text is covered until you want to read it.
case-reveal = Show the message
case-hide = Cover the message
case-text-gone = The text is no longer there.
context-before = Said before
context-after = Said after
disposition-published = The room sees it
disposition-held = Held: only its author and the team see it
disposition-blocked = Blocked: only its author sees it
case-why = Why it is here
case-no-findings = No reason was recorded.
finding-rule = rules: { $rule }
reported-as = Reported: { $reason }
author-history = { $name } in this room: { $messages } messages, { $cases } cases, { $sanctions } sanctions.
pack-version = Rules version { $version }
case-decisions = Decided so far
decided-by = { $name }: { $reason }
voice-self = about the writer
voice-you = to another person
voice-other = about someone else
voice-everyone = to everyone
voice-past = in the past
voice-now = now
voice-planned = planned
voice-disclosing = disclosing
voice-recovering = recovering
voice-quoting = quoting
voice-refusing = refusing
voice-warning = warning
voice-questioning = asking a question
voice-asking-help = asking for help
voice-concern = worried for someone
voice-encouraging = encouraging
voice-instructing = instructing
voice-selling = selling
claim = Take this case
claim-again = Decide again
lease-yours = The case is yours for { $left }.
lease-renew = Keep it 5 more minutes
lease-release = Give it back
lease-none = Nobody has this case.
lease-other = { $name } has this case for { $left } more.
lease-elsewhere = You took this case in another tab. It comes free in { $left }.
claim-own = This is your own message: someone else decides.
claim-admin = Only an administrator can decide this now.
decide = Decision
decide-claim-first = Take the case first, so that no one else decides at the same time.
question-others = Is it safe for others?
question-author = What does its author need?
question-second = Not sure?
action-release = Show it to the room
action-release-means = The message becomes visible to everyone. Its author is told.
action-keep = Leave it as it is
action-keep-means = Nothing changes in the room.
action-remove = Remove it
action-remove-means = The text leaves the room. Its author is told why.
action-resources = Send help
action-resources-means = The author gets people to reach, with your personal line. The message stays as it is.
action-warn = A word to the author
action-warn-means = A kind reminder of the rules. The message is removed.
action-mute = Pause their writing
action-mute-means = They can read but not write for a while. The message is removed.
action-ban = Out of the room
action-ban-means = They leave the room for a while. The message is removed.
action-escalate = Ask an administrator
action-escalate-means = The case waits for an administrator. Nothing else changes yet.
decide-duration = For how long?
duration-until-lifted = Until it is lifted
decide-reason = Reason
decide-reason-hint = Goes on record. A person who is paused or put out sees it too.
decide-reply = A personal line to the author (optional)
decide-reply-hint = Shown to the author with the decision, in your words.
decide-note = Note for the team (optional)
decide-note-hint = Only moderators and administrators read it.
decide-as = Decide: { $action }
decide-choose = Choose an answer above
decided-now = Decided: { $action }

## Categories, as moderators and reasons name them
category-suicide-passive = Wish not to exist
category-suicide-active = Thinking of suicide
category-suicide-emergency = Suicide: immediate danger
category-selfharm-disclosure = Own self-injury
category-overdose-emergency = Overdose happening now
category-selfharm-method = Methods of self-harm
category-selfharm-incitement = Pushing someone to self-harm
category-eating-promotion = Promoting an eating disorder
category-eating-numbers = Weights, calories, sizes
category-drugs-sourcing = Buying or offering drugs
category-drugs-glorification = Making drug use attractive
category-misinfo-withdrawal = Dangerous advice on stopping
category-misinfo-medication = False claims about medicine
category-misinfo-cure = Miracle cures
category-misinfo-illness = False claims about an illness
category-solicitation = Selling or advertising
category-harassment = Insults, shaming, threats
category-privacy-exposure = Private details
category-privacy-luring = Luring elsewhere
category-sexual-grooming = Sexual approach
category-impersonation = Posing as a professional
category-other = Something else
category-reported = Reported by a member

## Administration
admin-rooms = Rooms
admin-staff = Team
rooms-none = There is no room yet
rooms-none-hint = Make the first one, then invite people to it.
room-new = New room
room-edit = Change “{ $title }”
room-title = Title
room-slug = Address
room-slug-hint = The room will live at /room/{ $slug }. It cannot be changed later.
slug-taken = Another room has this address already.
room-kind = What kind of group?
room-topic = Topic
room-topic-hint = It also tunes moderation: for example, numbers are treated with care in rooms about eating.
room-languages = Languages spoken here
room-open-label = Open: anyone signed in on this server may come in without an invitation
room-open = Open to everyone on this server
room-by-invite = By invitation
room-archived = Closed
room-rules-hint = One rule per line. People who come in accept them; after a change everyone is asked again.
room-saved = The room is saved.
room-enter = Enter
room-close = Close the room
room-close-title = Close “{ $title }”?
room-close-text = Everyone leaves and nobody can come back. What was decided here stays on record.
room-closed = The room is closed.
default-rules =
    - What is said here stays here.
    - Speak of yourself; listen without judging. No feeling is wrong.
    - Share what helped you. Nobody here gives medical advice.
    - No methods, numbers, doses or sources that could hurt someone.
    - No selling, no advertising, no moving people to other places.
    - Do not ask who someone is or where they live.
    - In danger? Use the Help button. The room is no emergency service.
invitations = Invitations
invites-title = Invitations to “{ $title }”
invites-current = Invitations in use
invites-none = No invitation is in use
invite-uses = How many people may use it?
invite-uses-wrong = A whole number from 1 to { $limit }.
invite-expires = Valid for
invite-create = Make an invitation
invite-once = Copy it now: for safety, it is shown this once only.
invite-link = Link to send
invite-revoke = Withdraw
invite-until = until { $when }
uses-left = { $count ->
    [0] Used up
    [one] { $count } person can still use it
   *[other] { $count } people can still use it
}
made-at = Made { $when }
staff-add = Add someone
staff-name = Name
staff-name-hint = Shown in rooms and used to sign in. A pseudonym is fine.
staff-role = Role
staff-role-of = Role of { $name }
role-moderator-means = Reads and decides cases in every room.
role-facilitator-means = Leads a room and invites people to it. Sees no cases.
role-admin-means = Makes rooms, manages the team, decides the hardest cases.
staff-none = Nobody is on the team yet
staff-disabled = Switched off
staff-disable = Switch off
staff-enable = Switch on again
staff-password-once = The password of { $name } is shown this once only. Hand it over in a safe way.
staff-password-noted = I have noted it
admin-spellings = Spellings to look at
spellings-text = Words that are a letter away from a term the rules know. Accept one, and it is read as that term from now on.
spellings-none = No spelling to look at
spellings-decided = Decided
spelling-like = like “{ $term }”: { $category }
spelling-often = { $count } times lately, by { $authors } people; last { $when }
spelling-rising = more and more
spelling-accept = Accept
spelling-dismiss = Dismiss
spelling-accept-word = Read “{ $word }” as “{ $term }”
spelling-dismiss-word = Never suggest “{ $word }” again
spelling-accepted = Read as “{ $term }” since { $when }
spelling-dismissed = Dismissed { $when }
field-required = Please fill this in.

## What can go wrong
error-unknown = Something went wrong ({ $code }). Please try again.
error-with-field = { $text } ({ $field })
error-network = The server did not answer. Check your connection and try again.
error-unreadable = The server’s answer could not be read. Please try again.
error-unauthenticated = You are not signed in any more.
error-forbidden = You may not do this.
error-not-found = It is not there any more.
error-conflict = Something changed in the meantime. Look again, then try once more.
error-bad-request = Something in this was not accepted.
error-too-long = This is too long.
error-too-long-limit = This is too long: at most { $limit } characters.
error-rate-limited = That was a little fast. Wait a moment, then try again.
error-try-later = The server is busy. Please try again in a moment.
error-muted = You cannot write here for now.
error-banned = You cannot be in this room at the moment.
error-not-a-member = You need an invitation for this room.
error-unknown-room = There is no such room.
error-agreement-required = The room’s rules have to be accepted first.
error-lost = There is no connection right now. Nothing was changed; try again in a moment.
error-link-refused = This sign-in link is used up or too old. Sign in with your name and password.
error-wrong-password = Name and password do not fit together.
error-claim-conflict = Someone else holds this case, or your time with it ran out. It was loaded again.
error-decision-conflict = Your time with this case ran out or it changed in the meantime. Nothing was decided: take it again and look once more.
error-name-taken = Someone on the team has this name already.

## Fact cards and drift
card-title = Good to know
card-claim = One often hears
card-known = What is known
card-do = What helps now
card-sources = Where this comes from
card-reviewed = Read by { $name } on { $when }.
card-not-reviewed = Not yet reviewed by a professional.
card-for-all = A moderator put this here for everyone. It is meant for nobody in particular.
cards = Fact cards
cards-hint = A card goes to the whole room, each person in their language. It names neither the message nor its author.
cards-others = { $count ->
    [one] One more on this subject
   *[other] { $count } more on this subject
}
card-share = Show it to the room
card-shared = In the room since { $when }, by { $name }
card-shared-now = The card is in the room.
card-take-back = Take it out of the room
card-taken-back = The card is out of the room.
drift-numbers = The talk drifts: comparing numbers
drift-restriction = The talk drifts: urging each other to eat less
drift-romanticising = The talk drifts: making use sound lovely
drift-ganging = The talk drifts: several against one
drift-lines = { $count ->
    [one] The line that made it
   *[other] The { $count } lines that made it
}
drift-hint = No single line broke a rule; together they pull the room one way. A word from you in the room often does most.
drift-about = They are aimed at { $name }. No single line broke a rule; together they weigh. A word in the room, and one to { $name }, often do most.
error-card-conflict = Someone else holds this case, or the card has changed in the meantime. It was loaded again.
