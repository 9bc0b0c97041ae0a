### Français. Phrases courtes, mots simples, vouvoiement, jamais de reproche.

## Partout
language = Langue
skip = Aller au contenu
help = Aide
quick-exit = Partir vite
quick-exit-hint = Quitter cette page tout de suite (ou trois fois la touche Échap)
close = Fermer
cancel = Annuler
continue = Continuer
save = Enregistrer
saved = Enregistré
edit = Modifier
copy = Copier
copied = Copié
you = vous
loading = Un instant…
try-again = Réessayer
go-home = Aller à l’accueil
room = Salon
nav-staff = Pour l’équipe
nav-desk = Modération
nav-admin = Administration
signed-in-as = Vous êtes ici sous le nom de { $name }.
footer-emergency = Hearth n’est pas un service d’urgence. En cas de danger, appelez le numéro d’urgence de votre pays.
lost-title = Il n’y a rien ici
lost-text = Cette adresse ne mène nulle part. Il manque peut-être une lettre.
day-today = Aujourd’hui
day-yesterday = Hier

## Aide
help-title = De l’aide, maintenant
help-danger = Si vous, ou une personne à côté de vous, êtes en danger, appelez d’abord les urgences. Les membres de ce salon ne peuvent pas vous envoyer de secours.
help-people = À qui parler
help-offline = La liste n’a pas pu être chargée. Des services de nombreux pays sont réunis sur
help-exit-title = Partir en vitesse
help-exit = « Partir vite », ou trois fois Échap, vide cette page et oublie ce que vous étiez en train d’écrire. L’historique du navigateur, lui, ne peut pas être effacé d’ici : si quelqu’un d’autre regarde cet appareil, utilisez une fenêtre privée.
help-here-title = Si quelque chose vous gêne ici
help-here = Chaque message a un menu. Vous pouvez y prévenir la modération ou ne plus voir la personne. Personne n’en est averti.
channel-call = Appeler le
channel-text = SMS :
channel-chat = Tchat :
channel-web = Site :

## Accueil
home-title = Hearth : parler avec des gens qui connaissent
home-heading = Un endroit calme pour parler avec des gens qui savent ce que c’est
home-lead = Hearth accueille de petits salons pour des personnes en rétablissement, ou qui vivent avec un trouble alimentaire, une dépression, un traumatisme ou une maladie. On entre sur invitation, sous un nom inventé. Sans adresse e-mail, sans numéro de téléphone, sans application.
home-invited = J’ai une invitation
invite-code = Code d’invitation
invite-code-hint = Collez le code, ou le lien entier que vous avez reçu.
invite-code-missing = Écrivez ici le code de votre invitation.
home-peers = Des gens qui sont passés par là
home-peers-text = Les membres s’écoutent, partagent ce qui les a aidés et se réjouissent ensemble. Personne n’est classé, personne n’est obligé de parler.
home-watched = Quelqu’un veille sur le salon
home-watched-text = Ce qui pourrait blesser les autres attend qu’un modérateur l’ait lu. Parler de sa propre souffrance n’est jamais retenu.
home-yours = C’est vous qui décidez
home-yours-text = Reprendre un message, ne plus voir quelqu’un, partir d’un geste. Personne n’en est averti.
home-limits = Ce que ce n’est pas
home-limits-text = Ni un service d’urgence, ni un remplacement des soins. Le bouton Aide indique qui joindre tout de suite.
staff-sign-in = Se connecter en tant que modérateur ou administrateur
my-rooms = Vos salons, { $name }
open-rooms = Salons ouverts où vous pouvez entrer
no-rooms = Vous n’êtes encore dans aucun salon
no-rooms-hint = Avec une invitation, vous pouvez entrer ci-dessous.
sign-out = Se déconnecter de cet appareil
sign-out-guest = Vous n’avez pas de mot de passe ici : une fois déconnecté, vous ne pourrez plus revenir sous ce nom. Vos messages restent jusqu’à ce que le salon les oublie.
sign-out-staff = Vous pourrez vous reconnecter avec votre nom et votre mot de passe.
stay = Rester connecté

## Types de groupes et thèmes
kind-this-is = Ceci est un { $kind }
kind-compare = En quoi un { $kind } est-il différent ?
kind-not-emergency = Aucun des deux ne remplace les soins d’urgence.
kind-led = Animé par
kind-does = Ce qu’on y fait
kind-does-not = Ce qu’il ne peut pas faire
kind-peer-support = groupe d’entraide
kind-peer-support-short = Entraide : des membres aident des membres. Ni thérapie, ni soins d’urgence.
kind-peer-support-led = Des membres qui vivent quelque chose de semblable, ou des pairs-aidants formés.
kind-peer-support-does = On s’écoute, on raconte ce qu’on a vécu, on cherche des pistes concrètes et on se réjouit ensemble.
kind-peer-support-does-not = Faire une thérapie, poser un diagnostic, dire quel médicament prendre ou arrêter.
kind-therapy-group = groupe de thérapie
kind-therapy-group-short = Groupe de thérapie animé par un professionnel. Ne remplace ni un suivi individuel ni les urgences.
kind-therapy-group-led = Un professionnel de la santé mentale ou des addictions, dont le titre a été vérifié.
kind-therapy-group-does = Le professionnel guide les échanges, donne son retour et travaille avec ce qui se passe entre les membres.
kind-therapy-group-does-not = Remplacer votre thérapeute, votre médecin ou un suivi individuel.
topic-general = Vie quotidienne et soutien
topic-addiction = Addictions et rétablissement
topic-eating = Alimentation et corps
topic-mood = Humeur et anxiété
topic-trauma = Après un traumatisme
topic-illness = Vivre avec une maladie

## Entrer
join-title = Invitation
join-invited-to = Vous êtes invité·e dans
join-topic = Thème : { $topic }
ground-rules = Règles du salon
join-form = Entrer
join-as = Vous entrez sous le nom de { $name }.
join-name = Comment vous appeler ?
join-name-hint = Inventez un nom. Ni le vrai, ni un que vous utilisez ailleurs. { $limit } caractères au plus.
join-accept = J’ai 18 ans ou plus. J’ai lu de quel type de groupe il s’agit et je respecterai les règles du salon.
join-accept-no-rules = J’ai 18 ans ou plus et j’ai lu de quel type de groupe il s’agit.
join-accept-missing = Cochez d’abord cette case, s’il vous plaît.
join-submit = Entrer dans le salon
join-unknown = Cette invitation n’ouvre aucune porte
join-unknown-text = Elle a peut-être expiré, a déjà été utilisée, ou une lettre manque. Demandez-en une nouvelle à la personne qui vous l’a envoyée.
name-missing = Choisissez un nom, n’importe lequel.

## Connexion
sign-in-title = Connexion
sign-in-text = Pour les modérateurs, les animateurs et les administrateurs. Les membres entrent avec leur invitation, sans mot de passe.
sign-in-name = Nom
sign-in-password = Mot de passe
sign-in-submit = Se connecter

## Le salon
room-need-invite = Il faut une invitation pour ce salon
room-need-invite-text = Cet appareil n’est pas connecté. Ouvrez le lien que vous avez reçu, ou tapez son code à l’accueil.
about-room-short = À propos
about-privacy = Seuls les personnes de ce salon et ses modérateurs lisent ce qui s’écrit ici. Les messages ne sont gardés qu’un temps.
agreement-title = Avant d’entrer
agreement-text = Ce salon demande à chacun de respecter ses règles.
agreement-accept = Je les respecterai
agreement-decline = Pas maintenant
conversation = Conversation
people-here = Ici en ce moment : { $count }
people-many = Il y a tant de monde que les noms ne sont pas affichés.
people-hidden = Personnes que vous ne voyez pas
hide-person = Ne plus voir { $name }
show-person = Revoir { $name }
hide-explained = Masquer quelqu’un ne regarde que vous : la personne ne l’apprend jamais. Cela dure tant que cet onglet est ouvert.
hidden-now = Vous ne voyez plus les messages de { $name }. La liste des personnes permet de revenir en arrière.
room-empty = C’est calme ici
room-empty-hint = Vous pouvez dire bonjour en premier. Quelqu’un vous lira.
load-earlier = Voir les messages précédents
jump-newest = Derniers messages
new-messages = { $count ->
    [one] { $count } nouveau message
   *[other] { $count } nouveaux messages
}
new-messages-line = Nouveau
typing = { $count ->
    [one] { $names } écrit…
   *[other] { $names } écrivent…
}
typing-many = Plusieurs personnes écrivent…
connecting = Connexion…
reconnecting = Reconnexion… votre texte est à l’abri.
stopped-protocol-error = Cette page et le serveur ne se sont pas compris. Recharger la page suffit en général.
stopped-unauthenticated = Vous n’êtes plus connecté sur cet appareil. Ce que vous avez écrit est encore là.
stopped-banned = Vous ne pouvez pas être dans ce salon pour le moment.
stopped-replaced = Vous avez ouvert Hearth dans d’autres onglets, et celui-ci a laissé la place. Rien n’est perdu.
stopped-too-many-connections = Trop de connexions viennent d’ici. Attendez une minute, s’il vous plaît.
stopped-refused = Le serveur a mis fin à la connexion.
take-over = Continuer ici
refused-banned = Vous ne pouvez pas être dans ce salon pour le moment
refused-banned-text = La modération en a décidé ainsi. Vous comptez toujours : le bouton Aide indique des personnes qui peuvent écouter maintenant.
refused-unknown-room = Ce salon n’existe pas
refused-unknown-room-text = Il a peut-être fermé, ou l’adresse contient une erreur.
refused-not-a-member = Il faut une invitation pour ce salon
refused-not-a-member-text = Demandez un lien à la personne qui vous en a parlé.
refused-forbidden = Ce salon ne vous est pas ouvert
refused-forbidden-text = Demandez un lien à la personne qui vous en a parlé.
refused-not-found = Ce salon n’existe pas
refused-not-found-text = Il a peut-être fermé, ou l’adresse contient une erreur.
refused-other = Le salon ne peut pas s’ouvrir maintenant
refused-other-text = Réessayez dans un moment, s’il vous plaît.

## Messages
message-by = { $name }, { $time }
message-menu = Que faire de ce message de { $name }, { $time }
message-gone = (message repris)
edited = (modifié)
removed = Un modérateur a retiré ce message.
removed-yours = Un modérateur a retiré ce message que vous aviez écrit.
retracted = { $name } a repris ce message.
retracted-yours = Vous avez repris ce message.
held-yours = En attente d’un modérateur. Vous seul·e et la modération le voyez.
held-staff = En attente de relecture. Seuls son auteur et la modération le voient.
blocked-yours = Non montré au salon. Vous seul·e le voyez.
reply-to-earlier = En réponse à un message précédent
reply-to-hidden = En réponse à quelqu’un que vous ne voyez pas
reactions = Réponses
react = Répondre d’un signe
reaction-hear = Je vous entends
reaction-me-too = Moi aussi
reaction-thanks = Merci
reaction-celebrate = Je me réjouis
names-and-others = { $names } et d’autres
sheet-yours = Votre message
sheet-of = Message de { $name }
reply = Répondre
report = Prévenir la modération
retract = Reprendre
retract-title = Reprendre ce message ?
retract-text = Son texte disparaît pour tout le monde et ne peut pas être retrouvé. Une ligne indique que vous l’avez repris.
retract-text-held = Son texte disparaît, y compris pour la modération.
retract-done = Message repris.
edit-needs-review = Un modérateur devrait d’abord lire ce nouveau texte. Vous pouvez l’envoyer comme un nouveau message.
edit-done = Message modifié.
role-facilitator = Animateur
role-moderator = Modérateur
role-admin = Administrateur

## Écrire
composer-label = Votre message
composer-placeholder = Écrivez quelque chose…
send = Envoyer
sending = Envoi…
waiting-to-send = En attente de connexion. Il partira tout seul, une seule fois.
not-sent = Pas envoyé. { $reason }
back-to-composer = Modifier
discard = Jeter
replying-to = Réponse à { $name } : { $text }
editing = Vous modifiez votre message
count-left = { $count ->
    [one] encore { $count } caractère
   *[other] encore { $count } caractères
}
count-over = { $count ->
    [one] { $count } caractère de trop
   *[other] { $count } caractères de trop
}
muted = Vous ne pouvez pas écrire ici pour le moment.
muted-until = Vous pourrez de nouveau écrire à partir du { $until }.
muted-hint = Vous pouvez continuer à lire. Si vous avez besoin de parler à quelqu’un, le bouton Aide est toujours là.

## Ce que le salon dit à une seule personne
notice-care = Vous n’êtes pas seul·e avec cela
notice-held = Un modérateur va d’abord le lire
notice-held-next = En attendant, vous pouvez le modifier ou le reprendre.
notice-blocked = Ce message n’a pas été montré
notice-nudge = Un petit mot sur votre message
notice-only-you = Vous seul·e voyez ceci.
notice-rest = D’autres
notice-if-needed = Si vous voulez parler à quelqu’un
notice-more-help = D’autres personnes à joindre
notice-dismiss = Ranger
outcome-released = Votre message est maintenant dans le salon
outcome-removed = Votre message n’a pas été gardé
outcome-kept = Votre message reste tel quel
outcome-warned = Un mot de la modération
outcome-resources = Un modérateur a pensé à vous
sanction-warn = { $name } a reçu un mot de la modération.
sanction-warn-you = La modération vous demande de respecter les règles du salon.
sanction-mute = { $name } ne peut pas écrire pour le moment.
sanction-mute-until = { $name } ne peut pas écrire jusqu’au { $until }.
sanction-mute-you = Vous ne pouvez pas écrire ici pour le moment. Vous pouvez continuer à lire.
sanction-mute-you-until = Vous pourrez de nouveau écrire à partir du { $until }. Vous pouvez continuer à lire.
sanction-ban = { $name } ne peut pas être dans ce salon pour le moment.
sanction-ban-until = { $name } ne peut pas être dans ce salon jusqu’au { $until }.
sanction-ban-you = Vous ne pouvez pas être dans ce salon pour le moment.
sanction-ban-you-until = Vous ne pouvez pas être dans ce salon jusqu’au { $until }.
sanction-lift = { $name } peut de nouveau écrire.
sanction-lift-you = Vous pouvez de nouveau écrire. Contents de vous retrouver.
sanction-reason = En cause : { $reason }

## Signaler
report-title = Prévenir la modération
report-who-sees = La modération lit ce message, votre motif et votre mot. Votre nom ne lui est pas montré, et personne dans le salon n’apprend le signalement.
report-reason = Qu’est-ce qui vous gêne ?
report-choose = Choisissez ce qui s’en rapproche le plus.
report-note = Quelque chose à ajouter ? (facultatif)
report-send = Envoyer à la modération
report-done = Merci. Un modérateur va regarder.
report-harassment = Il insulte, humilie ou menace quelqu’un
report-suicide-active = Je m’inquiète pour la personne qui l’a écrit
report-selfharm-incitement = Il pousse quelqu’un à se faire du mal
report-eating-promotion = Il vante la privation, la purge ou la maigreur
report-misinfo-cure = Le conseil de santé est faux ou dangereux
report-drugs-sourcing = Il propose ou demande de la drogue
report-solicitation = Il vend quelque chose ou fait de la publicité
report-privacy-exposure = Il révèle qui est quelqu’un ou comment le joindre
report-sexual-grooming = C’est une avance sexuelle
report-impersonation = Il prétend être médecin ou thérapeute
report-other = Autre chose

## Le bureau de modération
need-staff = Cette page est réservée à l’équipe
need-staff-text = Connectez-vous avec un compte qui y a accès.
desk-choose = Choisissez un cas dans la liste.
desk-urgent = { $count ->
    [one] { $count } cas urgent attend quelqu’un.
   *[other] { $count } cas urgents attendent quelqu’un.
}
desk-urgent-open = Ouvrir le plus urgent
sound-on = Son activé
sound-off = Son coupé
shortcuts = Touches
shortcuts-enabled = Utiliser ces touches
key-next = Cas suivant
key-previous = Cas précédent
key-reveal = Montrer ou couvrir le message
key-claim = Prendre le cas, ou le garder plus longtemps
key-decide = Aller à la décision
key-back = Retour à la liste
key-help = Cette liste
queue = Cas
queue-empty = Aucun cas ici
queue-empty-waiting = Rien n’attend de décision. Les nouveaux cas apparaissent tout seuls.
queue-empty-decided = Rien n’a encore été décidé.
queue-empty-all = Rien ne s’est encore présenté.
filter-lane = Voie
filter-state = Afficher
filter-state-waiting = En attente
filter-state-decided = Décidés
filter-state-all = Tous
filter-room = Salon
filter-room-all = Tous les salons
lane-tab-all = Tous
lane-tab-care = Soin
lane-tab-harm = Danger
lane-care = Soin
lane-harm = Danger pour les autres
lane-care-too = L’auteur a peut-être besoin de soutien
severity-0 = Rien trouvé
severity-1 = Léger
severity-2 = Modéré
severity-3 = Sérieux
severity-4 = Critique
due = première lecture { $when }
due-late = première lecture attendue { $when }
claimed-by = Pris par { $name }, encore { $left }
claimed-by-you = Pris par vous, encore { $left }
case = Cas
case-state-open = ouvert
case-state-claimed = pris
case-state-escalated = attend un administrateur
case-state-decided = décidé
case-state-appealed = contesté
case-state-upheld = confirmé
case-state-overturned = annulé
back-to-queue = Tous les cas
case-message = Ce que { $name } a écrit
case-masked = Le texte est couvert tant que vous ne voulez pas le lire.
case-reveal = Montrer le message
case-hide = Couvrir le message
case-text-gone = Le texte n’existe plus.
context-before = Dit avant
context-after = Dit après
disposition-published = Le salon le voit
disposition-held = Retenu : seuls son auteur et l’équipe le voient
disposition-blocked = Bloqué : seul son auteur le voit
case-why = Pourquoi il est ici
case-no-findings = Aucun motif n’a été noté.
finding-rule = règles : { $rule }
reported-as = Signalé : { $reason }
author-history = { $name } dans ce salon : messages { $messages }, cas { $cases }, sanctions { $sanctions }.
pack-version = Version des règles { $version }
case-decisions = Décisions prises
decided-by = { $name } : { $reason }
voice-self = à propos de soi
voice-you = adressé à quelqu’un
voice-other = à propos d’un tiers
voice-everyone = adressé à tous
voice-past = au passé
voice-now = maintenant
voice-planned = prévu
voice-disclosing = se confie
voice-recovering = en rétablissement
voice-quoting = cite
voice-refusing = refuse
voice-warning = met en garde
voice-questioning = pose une question
voice-asking-help = demande de l’aide
voice-concern = s’inquiète pour quelqu’un
voice-encouraging = encourage
voice-instructing = donne des instructions
voice-selling = vend
claim = Prendre ce cas
claim-again = Décider à nouveau
lease-yours = Ce cas est à vous pendant { $left }.
lease-renew = Garder 5 minutes de plus
lease-release = Rendre
lease-none = Personne n’a pris ce cas.
lease-other = { $name } a ce cas encore { $left }.
lease-elsewhere = Vous avez pris ce cas dans un autre onglet. Il se libère dans { $left }.
claim-own = C’est votre propre message : quelqu’un d’autre décide.
claim-admin = Seul un administrateur peut décider maintenant.
decide = Décision
decide-claim-first = Prenez d’abord le cas, pour que personne d’autre ne décide en même temps.
question-others = Est-ce sans danger pour les autres ?
question-author = De quoi son auteur a-t-il besoin ?
question-second = Un doute ?
action-release = Le montrer au salon
action-release-means = Le message devient visible pour tous. Son auteur est prévenu.
action-keep = Le laisser tel quel
action-keep-means = Rien ne change dans le salon.
action-remove = Le retirer
action-remove-means = Le texte quitte le salon. Son auteur apprend pourquoi.
action-resources = Envoyer de l’aide
action-resources-means = L’auteur reçoit des contacts, avec votre mot personnel. Le message reste tel quel.
action-warn = Un mot à l’auteur
action-warn-means = Un rappel bienveillant des règles. Le message est retiré.
action-mute = Mettre en pause
action-mute-means = La personne peut lire, mais pas écrire pendant un temps. Le message est retiré.
action-ban = Hors du salon
action-ban-means = La personne quitte le salon pour un temps. Le message est retiré.
action-escalate = Demander à un administrateur
action-escalate-means = Le cas attend un administrateur. Rien d’autre ne change pour l’instant.
decide-duration = Pour combien de temps ?
duration-until-lifted = Jusqu’à nouvel ordre
decide-reason = Motif
decide-reason-hint = Il est consigné. Une personne mise en pause ou exclue le voit aussi.
decide-reply = Un mot personnel à l’auteur (facultatif)
decide-reply-hint = Montré à l’auteur avec la décision, dans vos mots.
decide-note = Note pour l’équipe (facultatif)
decide-note-hint = Seuls les modérateurs et les administrateurs la lisent.
decide-as = Décider : { $action }
decide-choose = Choisissez une réponse ci-dessus
decided-now = Décidé : { $action }

## Catégories
category-suicide-passive = Souhait de ne plus exister
category-suicide-active = Idées de suicide
category-suicide-emergency = Suicide : danger immédiat
category-selfharm-disclosure = Automutilation personnelle
category-overdose-emergency = Surdose en cours
category-selfharm-method = Méthodes pour se faire du mal
category-selfharm-incitement = Pousser quelqu’un à se faire du mal
category-eating-promotion = Promotion d’un trouble alimentaire
category-eating-numbers = Poids, calories, tailles
category-drugs-sourcing = Achat ou offre de drogue
category-drugs-glorification = Rendre la drogue attirante
category-misinfo-withdrawal = Conseil de sevrage dangereux
category-misinfo-medication = Fausses affirmations sur un médicament
category-misinfo-cure = Remèdes miracles
category-misinfo-illness = Fausses affirmations sur une maladie
category-solicitation = Vente ou publicité
category-harassment = Insultes, humiliation, menaces
category-privacy-exposure = Informations privées
category-privacy-luring = Attirer ailleurs
category-sexual-grooming = Avance sexuelle
category-impersonation = Se faire passer pour un professionnel
category-other = Autre chose
category-reported = Signalé par un membre

## Administration
admin-rooms = Salons
admin-staff = Équipe
rooms-none = Il n’y a pas encore de salon
rooms-none-hint = Créez le premier, puis invitez-y des personnes.
room-new = Nouveau salon
room-edit = Modifier « { $title } »
room-title = Titre
room-slug = Adresse
room-slug-hint = Le salon sera à l’adresse /room/{ $slug }. Elle ne pourra plus changer.
slug-taken = Un autre salon a déjà cette adresse.
room-kind = Quel type de groupe ?
room-topic = Thème
room-topic-hint = Il règle aussi la modération : par exemple, les chiffres sont traités avec soin dans les salons sur l’alimentation.
room-languages = Langues parlées ici
room-open-label = Ouvert : toute personne connectée à ce serveur peut entrer sans invitation
room-open = Ouvert à tous sur ce serveur
room-by-invite = Sur invitation
room-archived = Fermé
room-rules-hint = Une règle par ligne. On les accepte en entrant ; après un changement, chacun est consulté à nouveau.
room-saved = Le salon est enregistré.
room-enter = Entrer
room-close = Fermer le salon
room-close-title = Fermer « { $title } » ?
room-close-text = Tout le monde sort et personne ne peut revenir. Ce qui a été décidé ici reste consigné.
room-closed = Le salon est fermé.
default-rules =
    - Ce qui se dit ici reste ici.
    - Parlez de vous ; écoutez sans juger. Aucune émotion n’est mauvaise.
    - Partagez ce qui vous a aidé. Personne ici ne donne d’avis médical.
    - Pas de méthodes, de chiffres, de doses ni de sources qui pourraient blesser.
    - Pas de vente, pas de publicité, pas d’invitation à aller ailleurs.
    - Ne demandez pas qui est quelqu’un ni où il habite.
    - En danger ? Utilisez le bouton Aide. Le salon n’est pas un service d’urgence.
invitations = Invitations
invites-title = Invitations dans « { $title } »
invites-current = Invitations en cours
invites-none = Aucune invitation en cours
invite-uses = Combien de personnes peuvent l’utiliser ?
invite-uses-wrong = Un nombre entier de 1 à { $limit }.
invite-expires = Valable pendant
invite-create = Créer une invitation
invite-once = Copiez-la maintenant : par sécurité, elle n’est montrée que cette fois.
invite-link = Lien à envoyer
invite-revoke = Retirer
invite-until = jusqu’au { $when }
uses-left = { $count ->
    [0] Épuisée
    [one] Encore { $count } personne
   *[other] Encore { $count } personnes
}
made-at = Créé le { $when }
staff-add = Ajouter quelqu’un
staff-name = Nom
staff-name-hint = Affiché dans les salons et utilisé pour se connecter. Un pseudonyme convient.
staff-role = Rôle
staff-role-of = Rôle de { $name }
role-moderator-means = Lit et décide les cas de tous les salons.
role-facilitator-means = Anime un salon et y invite. Ne voit aucun cas.
role-admin-means = Crée les salons, gère l’équipe, décide les cas les plus difficiles.
staff-none = Personne n’est encore dans l’équipe
staff-disabled = Désactivé
staff-disable = Désactiver
staff-enable = Réactiver
staff-password-once = Le mot de passe de { $name } n’est montré que cette fois. Transmettez-le par un moyen sûr.
staff-password-noted = Je l’ai noté
admin-spellings = Graphies à examiner
spellings-text = Des mots à une lettre d’un terme que les règles connaissent. Une graphie acceptée est désormais lue comme ce terme.
spellings-none = Aucune graphie à examiner
spellings-decided = Décisions prises
spelling-like = ressemble à « { $term } » : { $category }
spelling-often = { $count } fois récemment, par { $authors } personnes ; dernière fois : { $when }
spelling-rising = de plus en plus
spelling-accept = Accepter
spelling-dismiss = Écarter
spelling-accept-word = Lire « { $word } » comme « { $term } »
spelling-dismiss-word = Ne plus jamais suggérer « { $word } »
spelling-accepted = Lu comme « { $term } » depuis : { $when }
spelling-dismissed = Écarté : { $when }
field-required = À remplir, s’il vous plaît.

## Ce qui peut échouer
error-unknown = Quelque chose n’a pas marché ({ $code }). Réessayez, s’il vous plaît.
error-with-field = { $text } ({ $field })
error-network = Le serveur n’a pas répondu. Vérifiez votre connexion et réessayez.
error-unreadable = La réponse du serveur est illisible. Réessayez, s’il vous plaît.
error-unauthenticated = Vous n’êtes plus connecté.
error-forbidden = Vous n’avez pas le droit de faire cela.
error-not-found = Cela n’existe plus.
error-conflict = Quelque chose a changé entre-temps. Regardez à nouveau, puis réessayez.
error-bad-request = Quelque chose n’a pas été accepté.
error-too-long = C’est trop long.
error-too-long-limit = C’est trop long : { $limit } caractères au plus.
error-rate-limited = C’était un peu rapide. Attendez un instant, puis réessayez.
error-try-later = Le serveur est occupé. Réessayez dans un instant.
error-muted = Vous ne pouvez pas écrire ici pour le moment.
error-banned = Vous ne pouvez pas être dans ce salon pour le moment.
error-not-a-member = Il faut une invitation pour ce salon.
error-unknown-room = Ce salon n’existe pas.
error-agreement-required = Il faut d’abord accepter les règles du salon.
error-lost = Il n’y a pas de connexion en ce moment. Rien n’a changé ; réessayez dans un instant.
error-link-refused = Ce lien de connexion a déjà servi ou est trop ancien. Connectez-vous avec votre nom et votre mot de passe.
error-wrong-password = Le nom et le mot de passe ne vont pas ensemble.
error-claim-conflict = Quelqu’un d’autre a pris ce cas, ou votre temps est écoulé. Il a été rechargé.
error-decision-conflict = Votre temps sur ce cas est écoulé, ou il a changé entre-temps. Rien n’a été décidé : reprenez-le et regardez encore une fois.
error-name-taken = Quelqu’un dans l’équipe porte déjà ce nom.

## Fiches et dérive
card-title = Bon à savoir
card-claim = On entend souvent
card-known = Ce que l’on sait
card-do = Ce qui aide maintenant
card-sources = D’où cela vient
card-reviewed = Relu par { $name } le { $when }.
card-not-reviewed = Pas encore relu par un professionnel.
card-for-all = Un modérateur l’a mis ici pour tout le monde. Personne n’est visé.
cards = Fiches
cards-hint = Une fiche va à tout le salon, à chacun dans sa langue. Elle ne cite ni le message ni son auteur.
cards-others = { $count ->
    [one] Une autre sur ce sujet
   *[other] { $count } autres sur ce sujet
}
card-share = La montrer au salon
card-shared = Dans le salon depuis { $when }, par { $name }
card-shared-now = La fiche est dans le salon.
card-take-back = La retirer du salon
card-taken-back = La fiche n’est plus dans le salon.
drift-numbers = La conversation dérive : on compare des chiffres
drift-restriction = La conversation dérive : on se pousse à manger moins
drift-romanticising = La conversation dérive : la consommation paraît belle
drift-ganging = La conversation dérive : plusieurs contre une personne
drift-lines = { $count ->
    [one] La ligne en cause
   *[other] Les { $count } lignes en cause
}
drift-hint = Aucune ligne seule n’enfreint une règle ; ensemble, elles tirent le salon d’un côté. Un mot de votre part dans le salon suffit souvent.
drift-about = Elles visent { $name }. Aucune ligne seule n’enfreint une règle ; ensemble, elles pèsent. Un mot dans le salon, et un autre à { $name }, font souvent le plus.
error-card-conflict = Quelqu’un d’autre tient ce cas, ou la fiche a changé entre-temps. Elle a été rechargée.
