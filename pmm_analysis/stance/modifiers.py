"""The words that show what a clause does to its cues; how much each role counts stands in ``factors.toml``."""

import re

CONCESSION = re.compile(
    r"(?:and |but |so |now,? )?(?:although|though(?!,)|even though|even if|while|whereas|despite|granted|of course"
    r"|sure|yes|to be fair|admittedly|true"
    r"|don't get me wrong|certainly|no doubt|as much as|i know|i get|i understand)\b"
)
GRANTED = re.compile(
    r"\b(?:i'll give (?:you|them) that|i grant|granted|i admit|i'll admit|admittedly|i don't deny|no argument there"
    r"|as much as (?:the next|any|anyone|anybody|everyone)\b|nothing against|don't get me wrong"
    r"|to be fair|fair (?:enough|point)|no doubt about it|also (?:\w+ )?(?:important|valuable|vital|useful|necessary"
    r"|matters?)|(?:matters?|important|useful|helpful) (?:too|as well)|(?:shouldn't|should not|can't) be ignored)\b"
)
TURN = re.compile(
    r"\W*(?:but|however|yet|still|that said|that being said|having said that|nevertheless|nonetheless|then again"
    r"|on the other hand|even so|and yet)\b"
)
TAKEN_BACK = re.compile(
    r"\W*(?:but |and )?(?:i|we) (?:(?:don't|do not|no longer|didn't|stopped)\b.{0,30}\b(?:any ?more|any longer|now)"
    r"|no longer|was wrong|were wrong|(?:have|'ve)? ?(?:since|changed my mind|stopped))\b|\W*not any ?more\b"
)
CONDITION = re.compile(
    r"\b(?:(?<!even )if(?! (?:anything|at all|possible|you (?:possibly |really )?can\b))|when|unless|whenever|in case"
    r"|(?<!never )(?<!at )(?<!not )once|as long as|at a certain|sometimes"
    r"|for (?:a |an |some |most |the )?(?:\w+ )?(?:teams?|roles?|companies|company|products?)"
    r"|in (?:a|an|some|most|more|less|not|that|these|those) \w+)\b"
)
FORCED = re.compile(
    r"\b(?:had to|forced|force me|forces me|made me|make me|twist my arm|have to (?:choose|pick)"
    r"|(?:pick|choose) (?:just |only )?one|choose only|again|gun|push comes|pressed"
    r"|only (?:\w+ ){0,3}(?:one|a single))\b"
)
REPORTED = re.compile(
    r"\b(?:some|many|most|people|investors|books|they|everyone|everybody|others|folks|critics|conventional wisdom"
    r"|hiring managers|crowd) (?:\w+ )?(?:say|says|said|told|prefer|recommend|think|thinks|believe|argue|claim|tell"
    r"|assume|insist|will tell|would say|swear|love to say|treat)\b"
    r"|\b(?:supposedly|allegedly)\b"
    r"|(?:n't|\bnot) (?:\w+ )?(?:mean|imply)\b|\bnot to say\b"
)
FORMER_VIEW = re.compile(
    r"\b(?:used to (?:think|believe|say|prefer|swear|be|argue|tell|assume|recommend|want|lie)|once (?:thought|believed)"
    r"|last time (?:i|we)|for years i|i nodded|i was the (?:first|loudest)"
    r"|(?:i|we) (?:thought|assumed|believed))\b"
)
STILL = re.compile(
    r"\W*(?:still|all the same|even so|that said|that being said|having said|nevertheless|nonetheless|despite"
    r"|on balance)\b"
    r"|\b(?:i|we)(?:'d| would|'ll| will)? still\b"
)
OWN_CHOICE = re.compile(
    r"\b(?:i|we)(?:'d| would|'ll| will| do)? (?:still |always |\w+ly,? )?"
    r"(?!not\b|never\b|say\b|need\b|want\b|think\b|guess\b|know\b|see\b|be\b)\w+"
)
CHOOSES = re.compile(
    r"\b(?:i|we)(?:'d| would|'ll| will)? (?:\w+ ){0,2}(?:come down on|side with|go with|go for|opt for|lean towards?"
    r"|pick|choose|vote for|settle on)\b"
)
ASIDE = re.compile(
    r"\W*(?:and |also,? |just )?(?:(?:a |slight(?:ly)? |bit |little |quick |small )*"
    r"(?:off[- ]topic|tangent|aside|sidestep)"
    r"|(?:\w+ ){0,5}?(?:tips?|notes?|advice|details|template|checklist|logistics|word|plans?|results|perspective"
    r"|question(?! that)|numbers)\b(?:,? (?:on|about|for|from|since|as|that|because|seeing|in case|if)\b|:)"
    r"|on (?!the fence|balance|average|paper|second|one hand|the one|the whole)(?:the |your |our )?\w+(?: \w+){0,4}[:,]"
    r"|regarding|speaking of|how we\b|how (?:early|large|long)\b|how i (?!see|weigh|think|decide|choose|read)"
    r"|here(?:'s| is| are) (?:how|what|the|our|my|some)\b(?! (?:i|we) (?:see|weigh|think|decide|choose|read|saw))"
    r"(?! (?:own )?(?:take|view|answer|vote|pick|two|opinion|reason|case))"
    r"|to the person|for (?:those|anyone|anybody|everyone|everybody|people|candidates) "
    r"|(?:whoever|whatever you|wherever you)\b"
    r"|some \w+ (?:on|for|about|since)\b)"
)
CONCLUSION = re.compile(
    r"\W*(?:(?:but|and|so),? )?(?:so|overall|tl;?dr|bottom line|in short|in summary|to sum|all the same|even so"
    r"|on balance|on the whole|at the end of the day|(?:if|when) pressed|net-net|the long and (?:the )?short"
    r"|short version"
    r"|(?:where|what) i (?:come|came|land|landed|end|ended|stand)\b|where i'd land|therefore|in conclusion"
    r"|ultimately|that's why|which is why|in the end|net|all in all|long story|my advice|verdict|conclusion|summary"
    r"|personally|for me|in my experience|imo|imho|to me)\b"
)
COUNTED = re.compile(
    r"th[ae]n (?:\W?\d|(?:about |around )?(?:a )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen|half|million)\b)"
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
    r"usually|generally|normally|well|honestly|imo|imho|so|but|definitely|i'd say|i would say|i say"
    r"|probably|prob|mostly|easily|always|for me|personally|my answer|answer"
    r"|tl;?dr|ok|okay|yes|yep|yeah|no(?=,)|nah|easy|simple|unpopular opinion|hot take"
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
LEAD_IN = re.compile(
    r"\b(?:answer|verdict|vote|pick|choice|short|sum|line|summary|come down|land|conclusion|advice|dr|preference"
    r"|recommendation|rule|view|take|opinion|imo)\b[^:]*$"
)
ANNOUNCED = re.compile(
    rf"^\W*(?:(?:{OPENERS})[,:.]? )*(?:(?:to|at|in|with|for) )?"
    r"X(?=\W*$|[,;]| (?:for|in|at|with|because|unless|every|by|over|on|and)\b)"
)
EXCEPT = ("but", "though", "although", "unless", "except", "because", "since")
TAG = re.compile(r"#(?:team|go|pro|love|choose|pick|always)?([^\W_]{4,})")
