"""From records to answers: claims, rules, standings, the derived graph and its pictures."""
