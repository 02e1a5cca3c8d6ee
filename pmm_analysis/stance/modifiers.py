"""The words that show what a clause does to its cues; how much each role counts stands in ``factors.toml``."""

import re

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
