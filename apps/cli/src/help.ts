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

export const sweepHelp = `
Each trial is a job with a run of its own. Placeholders say what to try, and are named by the option
before them, or by name= within:
  {{uniform(0,1)}}  {{loguniform(1e-5,1e-1)}}  {{quniform(0,1,0.1)}}  {{int(1,8)}}  {{logint(16,1024)}}
  {{choice(adam,sgd)}}  {{uniform(0,1) if optimizer = sgd}}  {{name=int(1,8)}}  {{name}} again

A file says the same, and more:
  command: [python, train.py, --lr, "{{lr}}"]
  space:
    lr: {type: float, low: 0.00001, high: 0.1, log: true}
  metric: loss
  direction: minimize
  trials: 50
  parallelism: 4
  sampler: tpe
  pruner: {name: median, options: {warmupSteps: 5}}

The values of the best trial go to standard output. \`tessera sweeps\` looks after sweeps.

Examples:
  $ tessera sweep --minimize loss -n 50 -- python train.py --lr '{{loguniform(1e-5,1e-1)}}'
  $ tessera sweep --maximize accuracy -n 100 -j 8 --pruner asha -f sweep.yaml --tier gpu`;

export const dataHelp = `
Examples:
  $ tessera data push ./digits --dataset digits -m "the first thousand" --tag golden
  $ tessera data ls digits
  $ tessera data pull digits@golden ./there`;
