// Short on purpose: with two hyphens and three digits a name has at most 20 characters.
const QUALITIES: readonly string[] = (
  "able agile ample amused apt awake bold brave breezy brief bright brisk bubbly calm candid " +
  "casual cheery chief civil clean clever clumsy cosmic cozy crisp curious dapper daring dashing " +
  "deft dreamy eager early earnest easy elated elegant fabled fair famous fancy fearless festive " +
  "fine firm fluent fond frank free fresh frosty funny gallant gentle gifted glad golden grand " +
  "happy hardy hasty honest humble jolly jovial keen kind lively loyal lucid lucky mellow merry " +
  "mighty modest neat nimble noble nosy patient placid polite proud quick quiet rapid rare ready " +
  "regal robust rustic serene shiny silent sincere skilled smart snappy social solid spry stable " +
  "stately steady sturdy subtle sunny swift tidy tranquil trusty upbeat valiant vivid warm wise " +
  "witty worthy zany zesty"
).split(" ");
const ANIMALS: readonly string[] = (
  "ant ape asp auk bat bear bee bird bison boar bug calf carp cat cod colt cow crab crane crow " +
  "cub deer doe dog dove duck eagle eel egret elk emu fawn ferret finch fish flea fly fox frog " +
  "gecko gnat gnu goat goose gull hare hawk hen heron horse hound ibex ibis jay kite kiwi koala " +
  "koi lamb lark lemur lion llama loon lynx mare mink mole moose moth mouse mule newt ocelot orca " +
  "otter owl ox panda parrot perch pig pika pony puffin pug puma quail rabbit ram rat raven ray " +
  "robin rook seal shark sheep shrew skunk sloth snail snake snipe squid stag stoat stork swan " +
  "tapir tern tiger toad trout turtle viper vole walrus wasp weasel whale wolf wombat worm wren " +
  "yak zebra"
).split(" ");

const NUMBERS = 1000;

/**
 * A name for a run that got none, such as "clumsy-fox-123".
 *
 * @param random a number in [0, 1): it alone decides the name
 */
export function inventRunName(random: number): string {
  const count = QUALITIES.length * ANIMALS.length * NUMBERS;
  const index = Math.min(Math.max(Math.floor(random * count), 0), count - 1);
  const pair = Math.floor(index / NUMBERS);
  const quality = QUALITIES[pair % QUALITIES.length];
  const animal = ANIMALS[Math.floor(pair / QUALITIES.length)];
  return `${quality}-${animal}-${index % NUMBERS}`;
}
