export const platformHelp = `
Which platform, and as whom:
  TESSERA_URL, TESSERA_TOKEN   an address and an access token; else what \`tessera login\` kept;
                               else the platform that runs on this machine (TESSERA_HOME)
  TESSERA_PROJECT              the project where --project is not given

A first run:
  $ tessera up                                  # on one terminal
  $ tessera run -- python train.py --lr 0.1     # on another, in your code's folder`;

export const runHelp = `
The folder's files go along, without what .gitignore and .tesseraignore name. Ctrl-C asks whether
to leave the job running or to cancel it. The exit code is the command's own; 130 when it was
cancelled, 75 when its machine was lost.

Examples:
  $ tessera run -- python train.py --lr 0.1
  $ tessera run --requirements requirements.txt -- python train.py
  $ tessera run --env train --tier gpu --retries 2 --timeout 2h -- python train.py
  $ tessera run --data digits@3:data/digits -- python train.py --from data/digits
  $ tessera run --detach --name nightly -- ./nightly.sh
  $ tessera run --git https://example.org/me/code.git --commit v1.2 -- make train`;

export const dataHelp = `
Examples:
  $ tessera data push ./digits --dataset digits -m "the first thousand" --tag golden
  $ tessera data ls digits
  $ tessera data pull digits@golden ./there`;
