"""The cues of a stance, as data: which words count for an option, against it, or for "it depends".

Patterns are regular expressions over a folded clause with four additions:

====== ==============================================================
``X``   the option that the cue speaks for
``Y``   any other option
``B``   both options named in one breath ("X and Y")
``~3``  a gap of at most three words that name no option and are not "than"
``<w>`` one of the words listed under ``w`` in `WORDS`
====== ==============================================================

Every pattern is written once and read with each option in the place of X:
exchanging the options exchanges the result.

Sources: design = the project's own measurements on development data; K&L =
Kessler & Kuhn (2014), a corpus of comparisons in product reviews; J&L = Jindal
& Liu (2006), mining comparative sentences; CAM = Panchenko et al. (2019),
categorizing comparative sentences; H&R = Huddleston & Pullum (2002), Cambridge
Grammar, chapters 9 (negation), 13 (comparison); Hyland = Hyland (2005), stance
and engagement, on hedges, boosters and concession.
"""

import re
from functools import cache
from typing import NamedTuple

WORDS = {
    "adv": "far much way even so very really truly simply just probably definitely certainly clearly absolutely personally honestly "
           "always usually generally often typically mostly still also actually almost rather quite pretty slightly somewhat "
           "strongly infinitely vastly considerably significantly arguably especially particularly a_bit a_little a_lot ever only "
           "highly heavily gladly happily instead almost_always every_time nearly_always easily totally completely tend_to",
    "be": "is are was were be being been 's seems seem feels feel looks look becomes become remains remain proves proved turns_out stays stay",
    "choose": "choose chose choosing pick picked take took go_with go_for going_with going_for went_with went_for opt_for opted_for "
              "lean leaned leaning leans prefer preferred prefers favor favour favoring favored prioritize prioritise prioritizing prioritising "
              "recommend recommended suggest advise vote bet back side_with argue_for advocate select stick_with stay_with stay start_with begin_with "
              "arrive_with show_up_with come_in_with walk_in_with come_with lead_with start_at begin_at start_in start_out default_to invest_in focus_on double_down_on edge_towards edge_toward err_on root_for "
              "come_down_on fall_on land_on hire hiring optimize_for optimise_for index_on go keep keep_it give report_to put use using",
    "do": "install employ adopt hire_a start begin go join work build run hire get bring have learn choose pick take report_to report sit live be belong do use buy "
          "invest focus make keep stay own outsource consider value want need look rely trust "
          "try aim put lead spend care worry develop grow move switch come lean prefer master study",
    "order": "choose pick take go start begin hire get bring join build learn invest prioritize prioritise focus buy opt stick "
             "lean bet trust arrive show_up walk_in lead switch report aim favor favour prefer default default call ask stay promote let give put leave_it hand spend pay do keep use be become",
    "good": "better best important essential crucial critical key vital valuable invaluable great good excellent fantastic strong powerful "
            "effective worth worthwhile worth_it necessary helpful useful amazing wonderful perfect ideal right safe safer smart fine fun preferable "
            "non-negotiable paramount fundamental indispensable underrated unbeatable superior priceless solid reliable everything "
            "worth_every_penny hard_to_beat unbeatable where_it's_at ahead rewarding easier faster cheaper simpler stronger a_must mandatory required decisive gold "
            "a_better_choice a_good_choice a_great_choice the_foundation the_answer the_winner the_future",
    "bad": "worse worst bad overrated overkill slow slower expensive risky wrong useless pointless painful terrible awful dangerous "
           "a_mistake a_trap a_waste a_distraction a_gamble a_luxury a_crutch a_bonus a_nice a_nice-to-have nice_to_have nice-to-have table_stakes "
           "not_enough insufficient secondary optional irrelevant inferior poor weak weaker fragile brittle harder hard difficult "
           "costly wasteful unnecessary overhyped commodity a_commodity cheap limited limiting a_lottery a_nightmare a_headache "
           "a_poor_choice a_bad_idea poorly too harmful hopeless problematic unreliable "
           "overpriced a_mess a_disaster a_flop a_failure a_burden a_bottleneck a_red_herring theatre theater inefficient not_worth unwise cherries icing gravy",
    "worse": "worse slower weaker poorer harder inferior heavier uglier costlier pricier riskier dirtier crappier scarier noisier lesser "
             "sadder tougher buggier clunkier messier sloppier dumber shittier",
    "unlike": "rather other either neither whether never over under ever after later higher lower older younger bigger larger longer "
              "shorter smaller earlier user computer customer manager number server developer designer player "
              "power paper water letter matter order offer another together however however closer newer per her their "
              "center weather",
    "bad_more": "expensive difficult dangerous complicated complex costly risky boring painful likely_to_fail verbose problematic "
                "prone susceptible vulnerable annoying confusing frustrating harmful tedious cumbersome bloated error-prone disappointing",
    "beat": "beat beats beating outperform outperforms outperformed outweigh outweighs outweighed trump trumps surpass surpasses surpassed "
            "improves_on improve_on improved_on eclipse eclipses crush crushes outlast outlasts outrank outranks exceed exceeds outclass outclasses wins_over "
            "win_over wins_against win_against outdo outdoes outshine outshines edges_out edge_out blows_away blow_away outstrip outstrips "
            "carries_more matters_more_than ahead_of",
    "beaten": "beaten outperformed outweighed trumped surpassed eclipsed crushed outranked outclassed bested",
    "teach": "teach train coach learn pick_up develop show hand google acquire instill install impart master fake buy rent relearn "
             "teaching training coaching learning developing",
    "taught": "taught learned learnt trained coached developed acquired picked_up built improved googled mastered learnable teachable "
              "trainable coachable gained filled_in onboarded bought rented fixed looked_up come_later come_with added",
    "gives": "gives give offers offer lets let helps help teaches teach saves save brings bring provides provide forces builds build "
             "wins win lasts last works pays pay carries carry scales scale travels travel sticks stick keeps matters matter counts count "
             "makes make gets get opens open earns earn allows allow enables enable unlocks unlock compounds compound transfers transfer "
             "decides delivers thrive thrives thrived shines succeed succeeds protects survives survive speeds frees drives drive",
    "fails": "fails fail suffers suffer wastes waste kills kill costs cost dilutes dilute slows slow breaks break ignores ignore forgets "
             "forget struggles struggle lacks lack burns burn hurts hurt hides hide dries disappears fade fades ages expires expire "
             "leave leaves locks bloats bores gets_stale go_stale runs_out run_out wears_out dates stalls dies die drowns cripples blocks",
    "not": "not never n't no nobody none neither nor without hardly rarely seldom cannot barely nothing isn't aren't wasn't weren't don't "
           "doesn't didn't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't ain't dont doesnt wont cant isnt against",
    "win": "hands_down every_time any_day any_time anytime all_day all_the_way no_contest no_question no_hesitation without_question "
           "without_hesitation without_a_doubt no_doubt for_the_win ftw by_far by_a_mile for_sure definitely absolutely tbh please always "
           "100% hundred_percent easily obviously full_stop period 100_percent nine_times ten_times every_single_time any_day_of_the_week no_question_about_it without_blinking wins",
    "pick": "vote pick choice answer preference bias money recommendation bet take advice default favourite favorite lean go-to instinct gut "
            "heart rule winner solution priority verdict conclusion suggestion call first_choice starting_point model",
}

OPEN = r"^(?:so|but|and|then|just|please|always|definitely|instead|first|yes|no|okay|ok|well|my advice|honestly|personally|imo|bottom line|in short|overall|now)?[,:]? ?"
ID = r"(?:\bi|\bi'd|\bi'll|\bi've|\bid|\bi would|\bi'd (?:still|always)|\bi will|\bi do|\bwe|\bwe'd|\bwe always|\bi'm|\bi am|\bwe're)"


class Cue(NamedTuple):
    """One way to show a stance.

    `pattern` speaks for X. `anchor` lists words of which one is in every
    match; `example` is a clause it matches; `keeps_not` means that a negation in
    or before the words is part of the cue and does not turn it round; `teachable` cues need a codebook that
    says so; `contrasts` cues set one option against the others even if they name one.
    """

    name: str
    weight: float
    pattern: str
    anchor: str
    example: str
    source: str
    keeps_not: bool = False
    teachable: bool = False
    contrasts: bool = False


SIDES = [
    # comparison
    Cue("better than", 2.0, r"X ~12 (?:(?!(?:<worse>|<unlike>)\b)\w\w+er|more(?! (?:<bad_more>|of)\b)(?: [\w-]+)?|less <bad_more>|better off) ~6 th[ae]n ~8 Y", "than then",
        "X are far more important than Y", "J&L"),
    Cue("worse than", 2.0, r"Y ~12 (?:<worse>|less(?! <bad_more>)(?: [\w-]+)?|more <bad_more>) ~6 th[ae]n ~8 X", "than then", "Y is much worse than X", "J&L"),
    Cue("better with X than Y", 1.8, r"\b(?:(?!(?:<worse>|<unlike>)\b)\w\w+er|more(?! <bad_more>)(?: [\w-]+)?) ~4 (?:with|in|on|at|using|under|for|from|of) ~2 X ~4 th[ae]n ~8 Y", "than then",
        "you learn faster at X than at Y", "CAM"),
    Cue("worse with Y than X", 1.8, r"\b(?:<worse>|more <bad_more>) ~4 (?:with|in|on|at|using|under|for|from|of) ~2 Y ~4 th[ae]n ~8 X", "than then",
        "it is harder in Y than in X", "CAM"),
    Cue("superior to", 1.8, r"X ~5 (?:superior|preferable) ~1 to ~5 Y|Y ~5 inferior ~1 to ~4 X", "superior preferable inferior", "X is superior to Y", "J&L"),
    Cue("compared to", 1.5, r"X ~7 (?:(?!(?:<worse>|<unlike>)\b)\w\w+er|better|superior) ~4 (?:compared|comparison|relative) ~1 (?:to|with) ~4 Y|Y ~7 (?:<worse>|inferior|mediocre|limited) ~4 (?:compared|comparison|relative) ~1 (?:to|with) ~4 X",
        "compared comparison relative", "X is faster compared to Y", "J&L"),
    Cue("a better Y", 1.2, r"X ~5 (?:a|an|the) ~1 (?:better|faster|improved|nicer|cleaner|superior|stronger) ~1 (?:version of )?Y", "better faster improved nicer cleaner superior stronger", "X is a better Y", "CAM"),
    Cue("even better X", 1.1, r"(?:even better|better yet|better still|or better) ~2 X", "better", "or even better, X", "CAM"),
    Cue("rather than", 1.8, r"(?:rather|sooner|prefer|better off|better to|more|easier to) ~6 X ~6 than ~5 Y", "than", "i would rather have X than Y", "H&R", keeps_not=True),
    Cue("nobody better than X", 1.6, r"\b(?:nobody|no one|nothing|nowhere|never|no other) ~6 (?:better|more|faster|easier|stronger) ~3 than ~3 X", "than", "nobody knows it better than X", "design", keeps_not=True),
    Cue("not as good as", 1.6, r"Y ~4 (?:not|\w+n't|never|hardly|nowhere near) ~2 (?:as|so|nearly) ~4 as ~3 X", "as", "Y is not as useful as X", "J&L", keeps_not=True),
    Cue("X over Y", 1.6, r"X ~1 (?:over|instead of|rather than|ahead of|above|in preference to|as opposed to) ~3 Y", "over instead rather ahead above preference opposed",
        "i choose X over Y", "K&L", keeps_not=True),
    Cue("X not Y", 1.4, r"X,? (?:and |but )?not ~2 Y", "not", "hire for X, not Y", "design", keeps_not=True),
    Cue("not Y but X", 1.4, r"not ~3 Y,? (?:but|it's|it is) ~3 X", "not", "it is not Y but X", "design", keeps_not=True),
    Cue("less Y than X", 1.6, r"(?:less|not so much) ~3 Y ~2 (?:than|as) ~3 X", "less much", "worry less about Y than about X", "H&R"),
    Cue("prefer X to Y", 2.0, r"prefer\w* ~3 X ~2 (?:to|over|instead) ~3 Y", "prefer preferred prefers", "i prefer X to Y", "K&L"),
    Cue("X beats Y", 1.6, r"X ~3 <beat> ~4 Y", "<beat>", "X beat Y", "design"),
    Cue("X beats all", 1.2, r"X ~1 (?:beats?|outweighs?|trumps?|outperforms?) (?!me\b)", "beat beats outweigh outweighs trump trumps outperform outperforms", "X beat everything else", "design"),
    Cue("beaten by", 1.4, r"Y ~3 <beaten> by ~2 X", "<beaten>", "Y is beaten by X", "design"),
    Cue("nothing beats", 1.6, r"(?:nothing|no one|nobody|hard to|can't|cannot|few things) ~1 (?:beat|beats|tops?|replaces?|replicates?|fakes?|match(?:es)?) ~3 X|no (?:substitute|replacement) for ~2 X",
        "beat beats top tops replace replaces replicate replicates fake fakes match matches substitute replacement", "nothing beats X", "design", keeps_not=True),
    Cue("no amount of Y", 1.2, r"no amount of ~2 Y", "amount", "no amount of Y will save you", "design", keeps_not=True),
    Cue("X matters more", 1.4, r"X ~4 (?:matters?|counts?|weighs?|means?|worth|does|do|adds?) ~2 more(?! than)", "more", "X matters a lot more", "design"),
    Cue("X is better", 1.2, r"X ~3 <be> ~2 (?:better|superior|stronger|preferable|(?:more|most) (?:important|valuable|useful|effective|critical))(?! than)", "better superior stronger preferable more most",
        "X is usually better", "design"),
    Cue("X is the best", 1.4, r"X ~3 (?:the|your|my|our) ~2 (?:best|better|safer|safest|smarter|smartest|right|wiser|main|only|fastest|quickest|surest|easiest|obvious|default|real) (?:\w+ )?(?:choice|option|way|bet|route|path|place|call|move|answer|idea|fit|one|solution|thing|approach|start)",
        "best better safer safest smarter smartest right wiser main only fastest quickest surest easiest obvious default real", "X is the best choice", "design"),
    Cue("the best is X", 1.5, r"(?:best|better|safest|safer|right|most important|biggest|strongest|#1|number one|main|real|only) ~4 (?:is|are|was|would be|will be|comes from|remains) ~3 X",
        "is are was be from remains", "the best option is X", "design"),
    Cue("symbol", 2.0, r"X ?>+ ?Y|Y ?<+ ?X", ">", "X >> Y", "design"),
    Cue("switched from Y to X", 1.3, r"(?:switch\w*|mov\w+|migrat\w+|chang\w+|went|gone|jump\w*|convert\w*) ~2 from ~3 Y ~2 to ~3 X|(?:ditch\w*|replac\w+|swap\w*|drop\w*|trad\w+) ~2 Y ~2 (?:for|with|by) ~3 X",
        "from for with by", "we switched from Y to X", "design"),
    Cue("switched to X", 1.2, r"\b(?:switched|converted|migrated|come around|came around) ~1 to ~2 X", "switched converted migrated around", "we switched to X", "design"),
    # choice and recommendation
    Cue("made to choose", 1.8, r"(?:had|have|has|forced|made|make|were|push|pushed|press|pressed|gun|absolutely) ~5 (?:choose|pick|decide|choice|bet|say|answer|rank) ~7 X|\bif (?:pressed|pushed|forced|push) ~6 X",
        "choose pick decide choice bet say answer rank pressed pushed forced push", "if i had to choose, i would lean towards X", "design", contrasts=True),
    Cue("I choose", 1.5, ID + r" ~3 <choose> ~4 X", "<choose>", "i would go with X", "design"),
    Cue("I'd X", 1.3, r"\b(?:i'd|i would|i'll|i will) (?:<adv> )?X", "i'd i i'll", "i'd definitely X", "design"),
    Cue("I'd rather X", 1.4, r"\b(?:i'd|i would|we'd|we would) ~1 (?:rather|sooner) ~8 X", "rather sooner", "i would much rather hire X", "design", contrasts=True),
    Cue("I'd say X", 1.3, r"\b(?:i'd|i would|i'll|i) ~1 (?:say|go|vote|argue|think) ~2 X(?:$|,)", "say go vote argue think", "i'd say X", "design"),
    Cue("it's better X", 1.0, r"\b(?:it's|it is|it'd be|is it|it) ~2 (?:better|best|easier|safer|wiser|smarter|cheaper|preferable) (?:to )?X", "better best easier safer wiser smarter cheaper preferable", "it is definitely better X", "design"),
    Cue("X unless", 1.3, r"X ~3 (?:unless|except when|except if|until proven)\b", "unless except until", "X, unless you have no choice", "design"),
    Cue("Y only if", 1.1, r"Y ~3 only (?:if|when|for|after|once|as a)\b|\bonly ~3 Y ~4 (?:if|when|once|after)\b", "only", "use Y only when you must", "design"),
    Cue("don't Y", 1.3, r"^(?:so |and |but |please |just )?(?:don't|never|do not|stop|quit|no need to|skip|forget) ~4 Y", "don't never do stop quit no skip forget", "don't hire Y", "design", keeps_not=True),
    Cue("X person", 1.2, r"\b(?:i'm|i am|i've (?:always )?been|me|as) ~2 X (?:person|guy|gal|fan|believer)\b|^team X|X for me(?:$|,)|X it is\b|^(?:definitely|probably|has to be|gotta be|it's gotta be|it has to be|of the two|between the two) ~1 X", "person guy gal fan believer here way team me it definitely probably be of between has gotta", "definitely X", "design", contrasts=True),
    Cue("X wins", 1.5, r"X ~2 (?:wins?|won|takes it|has the edge|have the edge|has an edge|has the upper hand|wins out|comes? out (?:ahead|on top)|came out (?:ahead|on top)|gets the nod|takes the cake|takes priority)\b", "win wins won takes has have comes come came gets", "X comes out ahead", "design", contrasts=True),
    Cue("back to X", 1.4, r"\b(?:went|going|go|came|come|moved|switched|coming|gone) ~1 (?:back|around|round|over) to ~3 X", "back around round over", "we went back to X", "design"),
    Cue("never again Y", 1.4, r"Y.{0,60}\bnever again\b|\bnever again ~3 Y|Y ~2 (?:burned|burnt|bit|cost|failed|hurt) us\b", "never burned burnt bit cost failed hurt", "we tried Y and never again", "design", keeps_not=True),
    Cue("better than anyone", 1.5, r"X ~8 (?:better|faster|more|closer|deeper) ~3 th[ae]n (?:any|anyone|anybody|anything|everyone|most|all|ever)\b", "than then", "X know the customer better than anyone", "design"),
    Cue("works best in X", 1.2, r"\b(?:belongs?|thrives?|flourish(?:es)?|does best|do best|works? best|sits? best|fits? best|works? better|do better|does better|better off|best) ~1 (?:in|under|with|to|at|on|inside|as) ~2 X", "belong belongs thrive thrives flourish flourishes best better", "pricing belongs in X", "design"),
    Cue("reason for X", 1.0, r"\b(?:reasons?|case|argument|arguments) (?:to \S+|for|in favou?r of) ~2 X|X ~1 (?:advantage|edge|strength)s? (?:is|are)\b|X ~1 (?:has|have) ~2 (?:advantages?|benefits?|upside)", "reason reasons case argument arguments advantage advantages edge strength strengths benefit benefits upside", "two reasons to use X", "design"),
    Cue("too much Y", 0.8, r"\btoo (?:much|many) ~2 Y", "too", "there is too much Y", "design"),
    Cue("I want", 1.0, r"\b(?:i|we|i'd|we'd|i'll) ~2 (?:want|need|value|look for|look at|looking for|seek|like|love|trust|believe in|swear by|care about|insist on) ~6 X",
        "want need value look looking seek like love trust believe swear care insist", "i always look for X", "design"),
    Cue("I would do X", 1.2, r"\b(?:i'd|we'd|i'll|(?:i|we) would) ~3 (?:do|have|join|start|work|bring|report|learn|put|make|keep|build|spend|see|invest|be|ask for|trade|give|hand|pay|send|leave) ~5 X",
        "do have join start work bring report learn put make keep build spend see invest be ask trade give hand pay send leave", "i would join X", "design"),
    Cue("in the X camp", 1.4, r"\b(?:i'm|i am|put me|count me|we're|sit|am|firmly|squarely) ~3 (?:in|on) ~1 X,? ?(?:camp|side|boat|corner)?$|X camp\b", "in on camp", "i am in the X camp", "design"),
    Cue("my pick", 1.6, r"\b(?:my|the|our|short|honest|simple|one) ~3 <pick> ~2 (?:is|are|goes|would be|was|remains|stays|will be|'s) ~4 X|\bmy ~2 <pick> ~1 (?:for|to|on|:) ~3 X", "<pick>", "my vote goes to X", "design", contrasts=True),
    Cue("X is my pick", 1.6, r"X ~2 (?:is|are|would be|gets|get|has|have|wins|win|was|as) ~2 (?:my|the|our) ~2 <pick>", "<pick>", "X gets my vote", "design", contrasts=True),
    Cue("vote for X", 1.5, r"\b(?:vote|argue|case|root|rooting|pitch|plead|advocate|opt|settle) ~1 for ~2 X", "vote argue case root rooting pitch plead advocate opt settle", "take mine as a vote for X", "design"),
    Cue("fan of", 1.5, r"\b(?:fan|believer|advocate|proponent|supporter|partial|biased|inclined|sold|bullish|team|camp|convert|lean|leaning) ~2 (?:of|in|for|to|toward|towards|on) ~3 X",
        "fan believer advocate proponent supporter partial biased inclined sold bullish team camp convert lean leaning", "i'm a big fan of X", "design"),
    Cue("should X", 0.9, r"\b(?:should|must|need to|needs to|ought to|has to|have to|better|would be wise to|want to) ~2 <do> ~4 X|\b(?:should|must) (?:<adv> )?(?:\S+ )?X", "should must need needs ought has have better wise want",
        "you should start with X", "design"),
    Cue("X should", 1.1, r"X ~1 (?:should|must|has to|have to|needs to|need to|ought to|deserves?|gets?) ~1 (?:own|lead|come|be first|be the|win|drive|sit|hold|run|have|go first|decide|priority)",
        "own lead come be win drive sit hold run have go decide priority", "X should own it", "design"),
    Cue("do X", 1.3, OPEN + r"~1 <order> ~4 X", "<order>", "start with X", "design"),
    Cue("recommend X", 1.4, r"\b(?:recommend|suggest|advise|advice|(?:i'd|i would|i|i'll|always) tell|encourage|urge|push|steer|nudge|point) ~6 X", "recommend suggest advise advice tell encourage urge push steer nudge point",
        "i would tell anyone to start at X", "design"),
    Cue("X hands down", 1.6, r"X ~2 <win>", "<win>", "X, hands down", "design", contrasts=True),
    Cue("then X", 1.2, r"^(?:if|when|for|unless|in)\b.{4,}, ?(?:then |it's |its |go |go with |choose |pick |i'd say )?X$", "if when for unless in", "if you have loans, then X", "design", keeps_not=True),
    Cue("X first", 1.5, r"X ~3 first\b(?! \w+ (?:days|months|weeks|years))|first,? ~2 X ~3 then|X first", "first", "X come first", "design", contrasts=True),
    Cue("Y later", 1.2, r"Y ~4 (?:second|later|afterwards?|can wait|comes? after|will follow|follows?|followed|catch up|catches up|comes? (?:next|with time|on its own)|take care of (?:itself|themselves))",
        "second later afterward afterwards wait after follow follows followed catch catches next with own care", "Y can come later", "design"),
    Cue("hire for", 1.5, r"\b(?:hire|hires|hired|hiring|recruit|screen|interview|select|looking|look|optimi[sz]e|promote|pay|index|filter) ~1 (?:for|on|based on) ~3 X",
        "hire hires hired hiring recruit screen interview select looking look optimize optimise promote pay index filter", "i hire for X and train for Y", "design", contrasts=True),
    Cue("train for Y", 1.0, r"\b(?:train|coach|teach) ~1 (?:for|on|in|up on)? ?~2 Y", "train coach teach", "hire for X and train for Y", "design", teachable=True),
    Cue("give me X", 1.5, r"\b(?:give|get|show|hand|bring|find|send) me ~4 X", "me", "give me X any day", "design", contrasts=True),
    Cue("way to go", 1.4, r"X ~4 (?:way to go|way forward|right call|right place|right move|good bet|no-brainer|no brainer|great strategy|good strategy|great start|better start|great place|good place|best place)|go the X",
        "way right good no-brainer brainer great better best go", "X is the way to go", "design"),
    Cue("what matters is X", 1.1, r"\b(?:what ~6|the (?:thing|key|difference|secret|real skill|foundation|trick|starting point) ~4) (?:is|are|was) ~2 X|\bit's ~1 X ~1 (?:that|who|which)|\b(?:comes|come|boils|came) down to ~3 X|all about ~2 X",
        "what key thing difference secret skill foundation trick point it's down about", "what matters is X", "design"),
    Cue("X is what matters", 1.2, r"X ~2 (?:is|are|was|were|'s) ~2 (?:what|where|why|the thing|the reason|the difference|the one|the ones|the foundation|the part|who)\b", "is are was were",
        "X are what gets you hired", "design"),
    Cue("X is where I lean", 1.3, r"X ~2 (?:is|are|'s) (?:what|where|the one|how) ~7 (?:<choose>|edge|look|start|hire|lean|win)", "what where one how", "X is where most managers would lean", "design"),
    Cue("again X", 1.2, r"\b(?:do|choose|pick|go|take|start) ~4 X ~3 again|\bagain ~6 X", "again", "i would do X again", "design"),
    Cue("wish for X", 1.3, r"\bwish ~4 (?:had|started|did|could|chosen|joined|learned|taken) ~5 X", "wish", "i wish i had started with X", "design", keeps_not=True),
    Cue("wish against Y", 1.3, r"\bwish ~2 (?:hadn't|didn't) ~6 Y", "wish", "i wish i hadn't joined Y", "design", keeps_not=True),
    Cue("regret Y", 1.3, r"\bregret(?:ted|ting|s)? ~5 Y", "regret regretted regretting regrets", "we regretted Y", "design"),
    Cue("no regrets", 1.2, r"X.{0,80}(?:never looked back|no regrets|don't regret|not regret\w*|best decision|never going back|wouldn't change)", "looked regrets regret decision going change",
        "we moved to X and never looked back", "design", keeps_not=True),
    # evaluation of one option
    Cue("X is good", 0.7, r"X ~1 <be> ~3 <good>", "<good>", "X is really important", "design"),
    Cue("it is good to X", 0.7, r"\b(?:important|essential|crucial|critical|key|vital|worth|best|better|smart|smarter|wise|wiser|safer|easier|necessary) ~1 (?:to|for) ~4 X",
        "important essential crucial critical key vital worth best better smart smarter wise wiser safer easier necessary", "it is important to have X", "design"),
    Cue("more important to X", 1.4, r"\b(?:more|most) (?:important|valuable|critical|crucial|essential|useful|helpful) ~1 to ~4 X", "more most", "it is more important to have X", "design"),
    Cue("Y is bad", 0.9, r"Y ~1 <be> ~3 (?:<bad>|less (?!<bad>)\w+(?! than))", "<bad> less", "Y is overkill", "design"),
    Cue("X gives", 0.35, r"X,? (?:<adv> |will |would |can |that |which |really |also )*<gives>\b", "<gives>", "X gives you speed", "design"),
    Cue("Y fails", 0.7, r"Y,? (?:<adv> |will |would |can |that |which )*<fails>\b", "<fails>", "Y wastes your time", "design"),
    Cue("Y can't", 0.5, r"Y ~1 (?:can't|cannot|won't|never|rarely|seldom|hardly|wouldn't|will not|alone)\b",
        "can't cannot won't never rarely seldom hardly wouldn't not alone", "Y won't get you there", "design", keeps_not=True),
    Cue("without X", 0.7, r"\b(?:without|lacking|lack|lacked|lacks|missing) ~2 X", "without lacking lack lacked lacks missing", "without X you are lost", "design", keeps_not=True),
    Cue("problem with Y", 1.0, r"\b(?:problem|trouble|issue|downside|drawback|danger|risk|trap|disadvantage|mistake|cons?|cost) ~1 (?:with|of|in|to|about) ~3 Y", "problem trouble issue downside drawback danger risk trap disadvantage mistake con cons cost",
        "the problem with Y is speed", "design"),
    Cue("benefit of X", 1.0, r"\b(?:benefits?|advantages?|upside|beauty|virtues?|strengths?|pros?|power|importance|lot to be said) ~1 (?:of|to|for|in) ~3 X", "benefit benefits advantage advantages upside beauty virtue virtues strength strengths pro pros power importance said",
        "the beauty of X is focus", "design"),
    Cue("avoid Y", 1.2, r"\b(?:avoid|avoided|skip|ditch|drop|stop|quit|forget|beware|steer clear|stay away|bother with|resist|hate|dislike|distrust|tired|fed up|sick|burned|burnt|wary|afraid|cautious|careful with|weaned) ~3 Y",
        "avoid avoided skip ditch drop stop quit forget beware clear away bother resist hate dislike distrust tired fed sick burned burnt wary afraid cautious careful weaned", "i would avoid Y", "design"),
    # what can be taught argues for the other
    Cue("Y can be taught", 1.4, r"Y ~4 (?:can|could|may|will|is|are|be|get|gets|easy|easier|easily|to be|being) ~4 <taught>", "<taught>", "Y can be taught", "design", teachable=True),
    Cue("Y is something to learn", 1.2, r"Y ~3 (?:area|thing|things|something|skill|stuff|part)\b.{0,60}\b(?:can|could) be <taught>", "<taught>",
        "Y is also an area that, with a good manager, can be coached", "design", teachable=True),
    Cue("you can teach Y", 1.3, r"\b(?:can|could|easy to|easier to|simple to|possible to|happy to|rather|will|'ll|we) ~3 <teach> ~5 Y", "<teach>", "you can teach anyone Y", "design", teachable=True),
    Cue("can't teach X", 1.5, r"\b(?:can't|cannot|can not|couldn't|never|impossible to|hard to|harder to|difficult to|tough to|tougher to|unable to|no way to|yet to|won't|not|nobody can|no one can) ~4 <teach> ~5 X", "<teach>",
        "it is very hard to teach X", "design", keeps_not=True, teachable=True),
    Cue("X is hard to teach", 1.5, r"X ~5 (?:can't|cannot|isn't|aren't|hard|harder|difficult|impossible|tough|tougher|slow|tricky|not) ~4 (?:<teach>|<taught>)\b|X ~3 (?:takes? (?:years|longer|time|decades)|(?:can't|cannot)$)",
        "<teach> <taught> take takes can't cannot", "X is much more difficult to teach", "design", keeps_not=True, teachable=True),
]

BALANCED = [
    Cue("X for this, Y for that", 1.5, r"X ~1 (?:for|when|if|in|at|with|where|gets?|gives?|is for|are for) .{2,70}Y ~1 (?:for|when|if|in|at|with|where|gets?|gives?|is for|are for)\b|\b(?:if|when|for) .{2,60}, ~2 X.{2,70}\b(?:if|when|for) .{2,60}, ~2 Y", "for when if in at with where get gets give gives",
        "X for big launches, Y for small ones", "design"),
    Cue("other things matter", 1.1, r"\b(?:real|better|bigger|right) question is\b|\b(?:matters?|mattered) (?:less|more|far more|much more) than (?:where|which|the|who|how|what)\b|\b(?:misses the point|beside the point|red herring|wrong (?:fight|debate|thing|question|axis|lens))\b", "question matter matters mattered misses beside red wrong",
        "the real question is who pays", "design"),
    Cue("undecided", 2.0, r"\b(?:ask me (?:again|tomorrow|next)|jury is (?:still )?out|jury's out|undecided|agnostic|ambivalent|two minds|both sides of this|change my mind (?:on|about|every)|changed my mind twice|flip-flop|can argue (?:it )?either|could argue either|no strong (?:opinion|view|preference|feeling)s?|(?:honestly|genuinely|really) (?:don't|couldn't|can't) (?:know|tell)|tell you which|don't know which|goes? both ways|cuts? both ways|gone both ways|seen (?:both|each|it go)|done both|tried both)\b", "ask jury jury's undecided agnostic ambivalent minds sides mind flip argue strong don't couldn't can't which both each seen", "i could argue either", "design", keeps_not=True),
    Cue("some of each", 1.2, r"\b(?:(?:bit|some|little|half|plenty) of (?:each|both)|split the difference|why (?:not both|choose|pick)|horses for courses|mileage (?:may|will) vary|ymmv|whichever|each has (?:its|their)|just different|different (?:jobs|tools|things|purposes|strengths)|one isn't (?:better|worse)|neither (?:is|one)|same (?:result|outcome|thing))\b", "bit some little half plenty difference why horses mileage ymmv whichever each different one neither same", "you want a bit of each", "design", keeps_not=True),
    Cue("it depends", 1.5, r"\b(?:it|that|this|answer|lot|which|all|really|largely|choice|question|decision|honestly|ultimately) (?:\S+ ){0,2}(?:depends?|varies|vary)\b|^depends?\b|^depending\b|\b(?:case by case|case-by-case|situational|contextual|context matters|(?:my|the) answer (?:changes|varies|differs))\b",
        "depends depend depending varies vary case situational contextual context answer", "it depends on the team", "Hyland"),
    Cue("depending", 0.7, r"\b(?:depends?|depending|dependent|varies|vary)\b", "depends depend depending dependent varies vary", "you choose depending on the team", "Hyland"),
    Cue("both", 1.2, r"^(?:\W|honestly|i'd say|you|we|they|well)* ?(?:both|neither|either)\b|\b(?:need|want|have|do|bring|take|hire|value|use|require|needs|requires) (?:\w+ )?both\b|\b(?:in|under|does) both\b|\bboth (?:are|is|have|matter|work|can|count|will|sides|ways|options|approaches)\b|\b(?:a|the right|right|it's|good|some|healthy) (?:\w+ )?(?:balance|mix|combination|blend|hybrid|marriage)\b(?! sheet)",
        "both neither either balance mix combination blend hybrid marriage", "you need both", "design"),
    Cue("B together", 1.1, r"\bB ~3 (?:are|is|matter|have|both|work|complement|go|need|should|can|equally)\b|\b(?:need|needs|want|between|both|combine|blend|mix|balance|require|requires) ~2 B", "are is matter have both work complement go need should can equally needs want between combine blend mix balance require requires",
        "X and Y go hand in hand", "design"),
    Cue("as good as", 1.0, r"X ~4 (?:as|equally) (?!well)(?:<adv> )?\w+ as ~4 Y|\bjust as \w+", "as", "X is as important as Y", "J&L"),
    Cue("equal", 1.1, r"\b(?:equally|equal|hand in hand|hand-in-hand|complement\w*|two sides|same coin|interchangeable|inseparable|symbiotic|go together|meet in the middle|somewhere in between|both worlds|middle ground)\b",
        "equally equal hand hand-in-hand complement complementary complements two same interchangeable inseparable symbiotic together middle between worlds", "they are complementary", "design", keeps_not=True),
    Cue("no difference", 1.3, r"\b(?:no|little|any|much|not) (?:\w+ )?(?:difference|correlation)\b|\b(?:doesn't|does not|don't|didn't|not) (?:really |actually |much )?(?:matter|care)(?! (?:how|what|who|if|about))|\b(?:either|both) (?:way|ways|one|can|could|will|works?|choice|path|option)\b|\bcame out (?:within|even)|\b(?:looks?|looked|works?|worked|came|turned|ended|is|was|were|about|much|exactly|pretty much) (?:out |up )?(?:about |much |exactly )?the same\b(?! (?:as|way|reason|thing|time))|\bapiece\b",
        "difference correlation matter care either both within same even apiece", "it makes no difference", "design", keeps_not=True),
    Cue("toss-up", 2.0, r"\b(?:coin flip|flip a coin|toss-up|toss up|tossup|on the fence|back and forth|torn|half and half|50/50|fifty-fifty|50-50|a wash|a tie|a draw|split down|about equally often|evenly split)\b",
        "flip toss-up toss tossup fence forth torn half 50 fifty wash tie draw split equally evenly", "it is a coin flip", "design", keeps_not=True),
    Cue("no favourite", 2.0, r"\b(?:don't|do not|can't|cannot|couldn't|wouldn't|won't|not|no|hard to|impossible to|refuse to|never) ~4 (?:rank|favou?rite|preference|tell you which|say which|choose between|pick between|pick one|choose one|pick a side|choose a side|steer|say (?:that )?(?:either|one)|single answer|universal|right answer|wrong answer|one answer|clear winner|winner|silver bullet|one size|generali[sz]e|definitive|blanket|correct answer|simple answer|good answer|hard and fast)|one-size-fits|one size fits",
        "rank favourite favorite preference which between one side steer either single universal answer winner bullet size one-size generalize generalise definitive blanket hard", "i don't have a favorite", "design", keeps_not=True),
    Cue("false choice", 2.0, r"\b(?:false (?:choice|dichotomy|dilemma|binary|trade-?off)|either/or|either-or|not mutually exclusive|mutually exclusive|wrong (?:question|thing|axis|way to (?:look|think|frame))|the premise|not (?:a |an )?(?:binary|zero|versus|either)|isn't (?:a |an )?(?:binary|either|versus)|why not both|not one or the other|wouldn't frame|false)\b",
        "false either either-or mutually wrong premise binary zero versus why frame other", "this is a false choice", "design", keeps_not=True),
    Cue("pros and cons", 1.0, r"\b(?:pros and cons|pro and con|trade-?offs?|tradeoffs?|advantages and disadvantages|upsides and downsides|strengths and weaknesses|plenty of both|right tool|(?:its|their|own) (?:place|merits|uses?|moment|strengths))\b",
        "pros pro trade-off trade-offs tradeoff tradeoffs trade advantages upsides strengths plenty right place merits use uses moment", "both have pros and cons", "design", keeps_not=True),
]

OTHER_COMPARISON = re.compile(r"\b(?:more|less|better|worse|rather|\w+er) (?:[\w'-]+ ){0,5}than\b")

FACTORS = {
    "concession": 0.3,
    "before but": 0.5,
    "before a turn": 0.6,
    "after but": 1.25,
    "conceded": 0.7,
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
    "both conditional": 1.5,
    "other comparison": 0.5,
}
CONDITION = re.compile(r"\b(?:if|when|unless|whenever|in case|for (?:a |an |some |most |the )?(?:\w+ )?(?:teams?|roles?|companies|company|products?)|in (?:a|an|some|most|more|less|not|that|these|those) \w+|once|as long as|at a certain|sometimes)\b")
FORMER_VIEW = re.compile(r"\b(?:used to (?:think|believe|say|prefer|swear|be|argue|tell|assume|recommend|want)|once (?:thought|believed)|i (?:thought|assumed|believed)|we (?:thought|assumed|believed))\b")
GRANTED = re.compile(r"\b(?:i'll give (?:you|them) that|i grant|granted|i admit|i'll admit|admittedly|i don't deny|no argument there|to be fair|no doubt about it)\b")
TURN = re.compile(r"\W*(?:but|however|yet|still|that said|that being said|having said that|nevertheless|nonetheless|then again|on the other hand|even so|and yet)\b")
FORCED = re.compile(r"\b(?:had to|forced|made me|make me|have to (?:choose|pick)|pick one|choose one|choose only|again|gun|push comes)\b")
CONCLUSION = re.compile(r"\W*(?:so|overall|tl;?dr|bottom line|in short|in summary|to sum|therefore|in conclusion|ultimately|that's why|which is why|in the end|net|all in all|long story|my advice|verdict|conclusion|summary|personally|for me|in my experience|imo|imho|to me)\b")
REPORTED = re.compile(r"\b(?:some|many|most|people|they|everyone|everybody|others|folks|critics|conventional wisdom|hiring managers|crowd) (?:\w+ )?(?:say|says|think|thinks|believe|argue|claim|tell|assume|insist|will tell|would say|swear|love to say|treat)\b|\b(?:supposedly|allegedly)\b")
NEGATORS = r"\b(?:not|never|no|nobody|none|nor|hardly|rarely|seldom|cannot|barely|skeptical|(?<!no )doubt)|n't|\b(?:dont|doesnt|wont|cant|isnt|didnt)"
UNLESS_ONLY = r"\b(?! (?:only|just|to mention|doubt|question|hesitat\w+|problem|exception|to say|surpris\w+|imagine|deny|help|forget|mind|wait|know|matter)\b)"
NEGATED_BEFORE = re.compile(rf"(?:{NEGATORS}|\b(?:without|against|instead of|rather than)){UNLESS_ONLY}(?:\W+\w+){{0,3}}\W*$")
NEGATED_WITHIN = re.compile(rf"(?:{NEGATORS}){UNLESS_ONLY}(?=[^,;]*$)")


DISBELIEF = re.compile(r"(?:n't|not|never) (?:\w+ )?(?:think|believe|agree|feel|find|say|convinced|sure)\b(?:\W+\w+){0,2}\W*$")
PRAISE = {"X is good", "X gives", "it is good to X", "X is better"}
CONCESSION = re.compile(
    r"(?:and |but |so )?(?:although|though|even though|even if|while|whereas|despite|granted|of course|sure|yes|to be fair|"
    r"admittedly|true|don't get me wrong|certainly|no doubt|as much as|i know|i get|i understand)\b"
)
ALONE = re.compile(
    r"^\W*(?:(?:well|honestly|imo|imho|so|definitely|i'd say|i would say|probably|easily|always|for me|personally|my answer|answer|tl;?dr|ok|okay|yes|yep|easy|simple|unpopular opinion|hot take|controversial|controversial take|short answer|short version|verdict|my vote|my pick|mine|"
    r"hands down|without hesitation|great question|good question|slightly|absolutely|100%|team|go)[,:]? )*(?:(?:to|at|in|with|for) )?"
    r"X(?: tbh| imo| please| always| obviously| definitely| for sure| every time| hands down| all the way)?\W*(?:$|, (?:no|not|and it|hands|definitely|every|without|always|all|of course|by far|because|since|easily|100|imo|tbh|hard|if|period|full|absolutely|please|obviously|though|at least|any))"
)
ALONE_WEIGHT = 2.0
ALONE_AFTER_QUESTION = 1.2
EXPLICIT_WEIGHT = 1.3


STOPWORDS = frozenset(
    "a an the and or but if of to in on at for from by with as is are was were be been do does did have has had it its this that these those "
    "you your we our i my me they their he she what which who how when where why should would could can will may might more most better best "
    "than not no so vs versus about between into over one two it's i'm there any some other get make need want think".split()
)


class Compiled(NamedTuple):
    """A cue ready for use: `needs` are the placeholders without which it cannot match."""

    cue: Cue
    find: object
    needs: str


@cache
def compile_cues():
    """Compile all cues once and index them by their anchor words.

    Returns
    -------
    tuple of dict
        For cues of one option, of two, and of balance: anchor word -> cues that need it.
    """
    double = [cue for cue in SIDES if len(_find_needs(cue)) > 1]
    return _index([cue for cue in SIDES if cue not in double]), _index(double), _index(BALANCED)


def _find_needs(cue):
    plain = re.sub(r"<\w+>|\\.|\(\?!.*?\)", "", cue.pattern)
    return "".join(letter for letter in "XYB" if letter in plain)


def _index(cues):
    index = {}
    for number, cue in enumerate(cues):
        compiled = (number, Compiled(cue, re.compile(expand(cue.pattern)).finditer, _find_needs(cue)))
        for word in cue.anchor.split():
            for anchor in _list_words(word[1:-1]) if word.startswith("<") and len(word) > 1 else [word]:
                found = re.match(r"[\w'-]+|.", anchor).group()
                index.setdefault(found.split("-")[0], {})[compiled[0]] = compiled[1]
    return {word: tuple(found.items()) for word, found in index.items()}


def _list_words(name):
    return [word.replace("_", " ") for word in WORDS[name].split()]


def expand(pattern):
    """Turn a cue's pattern into a plain regular expression.

    Examples
    --------
    >>> expand("X ~2 wins")
    "X(?:'s)?[^\\\\w\\\\s]{0,2} (?:(?!th[ae]n\\\\b|but\\\\b)[^\\\\sXYB]+ ){0,2}wins"
    """
    def words(match):
        alternatives = sorted(map(re.escape, _list_words(match[1])), key=len, reverse=True)
        return r"(?<!\w)(?:" + "|".join(a.replace(r"\ ", " ") for a in alternatives) + r")(?!\w)"
    pattern = re.sub(r"<(\w+)>", words, pattern)
    gap = r"(?:(?!th[ae]n\b|but\b)[^\sXYB]+ )"
    return re.sub(r"(^|.) ?~(\d+) ", lambda m: m[1] + (r"(?:'s)?[^\w\s]{0,2} " if m[1] not in ("", "?") else "") + f"{gap}{{0,{m[2]}}}", pattern)
