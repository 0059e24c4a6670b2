import { entries } from './entry.js';

/** OBS333x: who gets alerts, and what silences what. */
export const alertmanagerEntries = entries({
  OBS3330: {
    severity: 'error',
    title: 'alert that nobody gets',
    explanation: `A severity goes to its own receiver, or else to the next louder one: info to the ticket's, a ticket to the page's. A page goes to no other: a receiver that waits for the morning would not wake anybody. Here alerts have a severity for which there is no receiver in the end, or their own labels replace the severity by a word that no route knows: they would fire and nobody would hear of it.

  stack:
    alertmanager:
      page: { pagerduty: { routingKeyFile: /run/secrets/pagerduty } }
      ticket: { slack: { webhookFile: /run/secrets/slack } }

Add the receiver, or give the alerts another severity.`,
  },
  OBS3331: {
    severity: 'error',
    title: 'receiver that Alertmanager refuses',
    explanation: `Alertmanager does not start with a receiver that lacks what it needs: mail has a sender and a server to be given to, and an interval at which something is repeated is not zero. A receiver without any channel is taken, and tells nobody.

  ticket: { email: { to: team@example.com, from: alerts@example.com, smarthost: 'mail.example.com:587' } }`,
  },
  OBS3332: {
    severity: 'error',
    title: 'key for a newer Alertmanager',
    explanation: `The configuration is read by the Alertmanager of the version that is written under stack.alertmanager.version, 0.25 where there is none. Secrets are read from files since 0.25, the address of a webhook since 0.26: an older one refuses the whole file.

Raise the version, if all Alertmanagers are new enough, or write the address with url.`,
  },
  OBS3333: {
    severity: 'warning',
    title: 'receiver that no alert reaches',
    explanation: `A receiver is declared for a severity, and no alert of the spec has that severity or falls to it. No route is written for it: whoever waits for its notifications waits in vain.

Remove the receiver, or give alerts its severity.`,
  },
  OBS3334: {
    severity: 'error',
    title: 'alerts that silence each other',
    explanation: `An alert holds back the notifications of its symptoms while it fires, and goes on doing so while it is held back itself. Alerts that silence each other in a circle are all held back when they fire together: nobody is told of any of them.

  alerts:
    QueueStuck: { inhibits: [WorkersGone], … }
    WorkersGone: { inhibits: [QueueStuck], … }

Decide which of them is the cause, and let only that one silence the others.`,
  },
  OBS3335: {
    severity: 'warning',
    title: 'quieter alert silences a louder one',
    explanation: `While the alert fires, notifications of its symptoms are held back. One of those is louder than the alert itself: a page would not be sent because there is a ticket, and nobody would wake.

Give the cause the severity of its loudest symptom, or do not silence that one. \`inhibits: all\` leaves louder alerts out.`,
  },
  OBS3336: {
    severity: 'warning',
    title: 'repeated no sooner than its group is looked at',
    explanation: `Alertmanager looks at a group of alerts once every group interval, and sends a notification again when the repeat interval has passed by then. A repeat interval below the group interval has no effect.

Shorten groupInterval, or lengthen repeatInterval to a multiple of it.`,
  },
});
