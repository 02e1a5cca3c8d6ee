"""What a clause does to its cues: how much each role counts, and the words that show the role.

============================== ===== ==================================================
role                           times example
============================== ===== ==================================================
concession                     0.3   "although X are great, …"
before but / after but         0.5   "X are great, but …" (after: 1.25)
before a turn                  0.6   "X are great. However, …"
condition                      0.6   "if you are junior, X"
question                       0.25  "is X better?"
reported                       0.4   "some say X is better"
former view                    0.2   "I used to think X is better"
conclusion                     1.5   "so X", "if I had to choose, X"
first or last                  1.25  the first and the last sentence
negation                       0.6   "X is not great" counts for the others
echo                           0.3   all but the strongest cue of a clause
skill                          0.5   only a skill or a pronoun stands for the option
beside the other               0.5   the sentence names another option without comparing
other comparison               0.5   "it depends", but what is compared is something else
============================== ===== ==================================================

Two of them are sums: praise that only concedes counts ``conceded`` for the other
option, and different conditions for different options count ``both conditional`` for
balance. Values were set by hand and matter little one by one: leaving any of them out
moved macro-F1 on the development data by about .02 at most.
"""

import re

FACTORS = {
    "concession": 0.3,
    "before but": 0.5,
    "after but": 1.25,
    "before a turn": 0.6,
    "condition": 0.6,
    "question": 0.25,
    "reported": 0.4,
    "former view": 0.2,
    "conclusion": 1.5,
    "first or last": 1.25,
    "negation": 0.6,
    "echo": 0.3,
    "skill": 0.5,
    "beside the other": 0.5,
    "other comparison": 0.5,
    "conceded": 0.7,
    "both conditional": 1.5,
}
EXPLICIT_WEIGHT = 1.3
ALONE_WEIGHT = 2.0
ALONE_AFTER_QUESTION = 1.2
PRAISE = {"X is good", "X gives", "it is good to X", "X is better"}

CONCESSION = re.compile(
    r"(?:and |but |so )?(?:although|though(?!,)|even though|even if|while|whereas|despite|granted|of course"
    r"|sure|yes|to be fair|admittedly|true"
    r"|don't get me wrong|certainly|no doubt|as much as|i know|i get|i understand)\b"
)
GRANTED = re.compile(
    r"\b(?:i'll give (?:you|them) that|i grant|granted|i admit|i'll admit|admittedly|i don't deny|no argument there"
    r"|to be fair|fair (?:enough|point)|no doubt about it|also (?:\w+ )?(?:important|valuable|vital|useful|necessary"
    r"|matters?)|(?:matters?|important|useful|helpful) (?:too|as well)|(?:shouldn't|should not|can't) be ignored)\b"
)
TURN = re.compile(
    r"\W*(?:but|however|yet|still|that said|that being said|having said that|nevertheless|nonetheless|then again"
    r"|on the other hand|even so|and yet)\b"
)
CONDITION = re.compile(
    r"\b(?:(?<!even )if(?! (?:anything|at all|possible|you (?:possibly |really )?can\b))|when|unless|whenever|in case"
    r"|(?<!never )(?<!at )(?<!not )once|as long as|at a certain|sometimes"
    r"|for (?:a |an |some |most |the )?(?:\w+ )?(?:teams?|roles?|companies|company|products?)"
    r"|in (?:a|an|some|most|more|less|not|that|these|those) \w+)\b"
)
FORCED = re.compile(
    r"\b(?:had to|forced|made me|make me|have to (?:choose|pick)|pick one|choose one"
    r"|choose only|again|gun|push comes)\b"
)
REPORTED = re.compile(
    r"\b(?:some|many|most|people|investors|books|they|everyone|everybody|others|folks|critics|conventional wisdom"
    r"|hiring managers|crowd) (?:\w+ )?(?:say|says|said|told|prefer|recommend|think|thinks|believe|argue|claim|tell"
    r"|assume|insist|will tell|would say|swear|love to say|treat)\b"
    r"|\b(?:supposedly|allegedly)\b"
)
FORMER_VIEW = re.compile(
    r"\b(?:used to (?:think|believe|say|prefer|swear|be|argue|tell|assume|recommend|want)|once (?:thought|believed)"
    r"|(?:i|we) (?:thought|assumed|believed))\b"
)
CONCLUSION = re.compile(
    r"\W*(?:so|overall|tl;?dr|bottom line|in short|in summary|to sum|therefore|in conclusion|ultimately|that's why"
    r"|which is why|in the end|net|all in all|long story|my advice|verdict|conclusion|summary|personally|for me"
    r"|in my experience|imo|imho|to me)\b"
)
OTHER_COMPARISON = re.compile(r"\b(?:more|less|better|worse|rather|\w+er) (?:[\w'-]+ ){0,5}than\b(?! the other\b)")

NEGATORS = (
    r"\b(?:not|never|no|nobody|none|nor|hardly|rarely|seldom|cannot|barely|skeptical|(?<!no )doubt)|n't"
    r"|\b(?:dont|doesnt|wont|cant|isnt|didnt)"
)
UNLESS_ONLY = (
    r"\b(?! (?:only|just|to mention|doubt|question|hesitat\w+|problem|exception|to say|surpris\w+|imagine|deny|help"
    r"|forget|mind|wait|know|matter)\b)"
)
NEGATED_BEFORE = re.compile(
    rf"(?:{NEGATORS}|\b(?:without|against|instead of|rather than)){UNLESS_ONLY}(?:\W+\w+){{0,3}}\W*$"
)
NEGATED_WITHIN = re.compile(rf"(?:{NEGATORS}){UNLESS_ONLY}(?=[^,;]*$)")
DISBELIEF = re.compile(
    r"(?:n't|not|never) (?:\w+ )?(?:think|believe|agree|feel|find|say|convinced|sure)\b(?:\W+\w+){0,2}\W*$"
)

OPENERS = (
    r"well|honestly|imo|imho|so|but|definitely|i'd say|i would say|i say|probably|prob|mostly|easily|always|for me"
    r"|personally|my answer|answer|tl;?dr|ok|okay|yes|yep|yeah|no(?=,)|nah|easy|simple|unpopular opinion|hot take"
    r"|controversial|controversial take|short answer|short version|verdict|my vote|my pick|mine|hands down"
    r"|without hesitation|great question|good question|slightly|absolutely|100%|team|go|on balance|gimme|just|one"
)
EMPHASIS = (
    r"hands|definitely|every|without|always|all|of course|by|because|since|easily|easy|imo|tbh|if|period|absolutely"
    r"|please|obviously|at least|any|for (?:me|us|everybody|everyone|all)|unless|whenever|wherever"
)
AFTERTHOUGHT = (
    r"no|not|mainly|mostly|largely|and (?:it|i|i'm|i'd|i'll|we|here|please|don't)|100|hard|full|though|although|but"
    r"|mildly|slightly|thanks|i think|i'd say|provided|assuming|capped|ideally|preferably|with"
    r"|for(?! example| instance)"
)
ALONE = re.compile(
    rf"^\W*(?:(?:{OPENERS})[,:.]? )*(?:(?:to|at|in|with|for) )?"
    r"X(?: tbh| imo| please| always| obviously| definitely| for sure| every time| hands down| all the way)?"
    r"(?: (?:across|over|now|early|together|today|instead|anyway|immediately|too|at once)(?=$|,))?"
    rf"(?:\W*$|(, (?:{EMPHASIS}|{AFTERTHOUGHT})\b| (?:{EMPHASIS}|them|it)(?!')\b))"
)
