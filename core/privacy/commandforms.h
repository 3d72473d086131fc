#pragma once

#include <array>

namespace AutoCommit {

/// How a command or call is given its password.
enum class PasswordWay {
    Pair, ///< behind an option or, without one, the first argument: user and password with a sign between them
    Option, ///< behind an option, or joined to it
    Joined, ///< joined to an option: mysql takes what follows a blank for a database
    Last, ///< the last argument, if the option is there
    Word, ///< the argument of this number
    Line, ///< all that follows of a line that begins with the keyword
    Echoed, ///< the first argument, if what is printed goes into one of these commands
    EchoedPair, ///< like that, as user:password
    Literal, ///< the next literal
    Argument, ///< the argument of a call of this number, if it is a literal
    Before, ///< in front of the keyword, as user:password
    Behind, ///< behind the keyword, as user/password@
    WordBefore, ///< the word in front of the keyword
    Field, ///< the field of this number of what follows, between signs, the last one up to the end of the line
};

struct PasswordForm
{
    const char *keyword; ///< lower case
    PasswordWay way;
    std::array<const char *, 4> options = {}; ///< searched in this order, each with a blank in front
    int number = 0; ///< of the argument, from 1; of bytes up to a literal, 0 for any
    char sign = ':'; ///< between user and password
};

/// From the manuals of the tools and libraries.
inline constexpr std::array passwordForms{
    PasswordForm{"curl ", PasswordWay::Pair, {" -u", " --user", " --proxy-user", " -U"}},
    PasswordForm{"http ", PasswordWay::Pair, {" -a", " --auth"}}, // HTTPie
    PasswordForm{"lftp ", PasswordWay::Pair, {" -u"}, 0, ','},
    PasswordForm{"smbclient ", PasswordWay::Pair, {" -U", " --user"}, 0, '%'},
    PasswordForm{"rpcclient ", PasswordWay::Pair, {" -U", " --user"}, 0, '%'},
    PasswordForm{"sshpass ", PasswordWay::Option, {" -p"}},
    PasswordForm{"redis-cli ", PasswordWay::Option, {" -a", " --pass"}},
    PasswordForm{"docker login ", PasswordWay::Option, {" -p", " --password"}},
    PasswordForm{"podman login ", PasswordWay::Option, {" -p", " --password"}},
    PasswordForm{"registry login ", PasswordWay::Option, {" -p", " --password"}},
    PasswordForm{"az login ", PasswordWay::Option, {" -p", " --password"}},
    PasswordForm{"oc login ", PasswordWay::Option, {" -p", " --password"}},
    PasswordForm{"cf login ", PasswordWay::Option, {" -p"}},
    PasswordForm{"sqlcmd ", PasswordWay::Option, {" -P"}},
    PasswordForm{"bcp ", PasswordWay::Option, {" -P"}},
    PasswordForm{"mongo ", PasswordWay::Option, {" -p", " --password"}},
    PasswordForm{"mongosh ", PasswordWay::Option, {" -p", " --password"}},
    PasswordForm{"mongodump ", PasswordWay::Option, {" -p", " --password"}},
    PasswordForm{"mosquitto_pub ", PasswordWay::Option, {" -P"}},
    PasswordForm{"mosquitto_sub ", PasswordWay::Option, {" -P"}},
    PasswordForm{"ldapsearch ", PasswordWay::Option, {" -w"}},
    PasswordForm{"ldapadd ", PasswordWay::Option, {" -w"}},
    PasswordForm{"ldapmodify ", PasswordWay::Option, {" -w"}},
    PasswordForm{"keytool ", PasswordWay::Option, {" -storepass", " -keypass", " -srcstorepass", " -deststorepass"}},
    PasswordForm{"jarsigner ", PasswordWay::Option, {" -storepass", " -keypass"}},
    PasswordForm{"snmpget ", PasswordWay::Option, {" -A", " -X"}},
    PasswordForm{"snmpwalk ", PasswordWay::Option, {" -A", " -X"}},
    PasswordForm{"ipmitool ", PasswordWay::Option, {" -P"}},
    PasswordForm{"zip ", PasswordWay::Option, {" -P"}},
    PasswordForm{"plink ", PasswordWay::Option, {" -pw"}},
    PasswordForm{"pscp ", PasswordWay::Option, {" -pw"}},
    PasswordForm{"xfreerdp ", PasswordWay::Joined, {" /p:", " -p "}},
    PasswordForm{"openssl ", PasswordWay::Joined, {" -passin pass:", " -passout pass:", " -pass pass:", " -k "}},
    PasswordForm{"mysql ", PasswordWay::Joined, {" -p"}},
    PasswordForm{"mysqldump ", PasswordWay::Joined, {" -p"}},
    PasswordForm{"mysqladmin ", PasswordWay::Joined, {" -p"}},
    PasswordForm{"mariadb ", PasswordWay::Joined, {" -p"}},
    PasswordForm{"mariadb-dump ", PasswordWay::Joined, {" -p"}},
    PasswordForm{"7z ", PasswordWay::Joined, {" -p"}},
    PasswordForm{"7za ", PasswordWay::Joined, {" -p"}},
    PasswordForm{"rar ", PasswordWay::Joined, {" -hp", " -p"}},
    PasswordForm{"htpasswd ", PasswordWay::Last, {" -b", " -nb", " -cb", " -bB"}},
    PasswordForm{"twine upload ", PasswordWay::Option, {" -p"}},
    PasswordForm{"secret set ", PasswordWay::Option, {" -b", " --body"}}, // gh
    PasswordForm{"rabbitmqctl add_user ", PasswordWay::Word, {}, 2},
    PasswordForm{"rabbitmqctl change_password ", PasswordWay::Word, {}, 2},
    PasswordForm{" password 0 ", PasswordWay::Word, {}, 1}, // Cisco's mark of plain text
    PasswordForm{" secret 0 ", PasswordWay::Word, {}, 1},
    PasswordForm{"]:587 ", PasswordWay::Pair}, // Postfix' sasl_passwd
    PasswordForm{"]:465 ", PasswordWay::Pair},
    PasswordForm{"]:25 ", PasswordWay::Pair},
    PasswordForm{"net user ", PasswordWay::Word, {}, 2},
    PasswordForm{" /user:", PasswordWay::WordBefore}, // net use
    PasswordForm{"schtasks ", PasswordWay::Option, {" /rp"}},
    PasswordForm{":5432:", PasswordWay::Field, {}, 3}, // a line of .pgpass, wherever it stands
    PasswordForm{"requirepass ", PasswordWay::Line},
    PasswordForm{"masterauth ", PasswordWay::Line},
    PasswordForm{"bindpw ", PasswordWay::Line},
    PasswordForm{"rootpw ", PasswordWay::Line},
    PasswordForm{"enable password ", PasswordWay::Line},
    PasswordForm{"enable secret ", PasswordWay::Line},
    PasswordForm{"rocommunity ", PasswordWay::Line},
    PasswordForm{"rwcommunity ", PasswordWay::Line},
    PasswordForm{"snmp-server community ", PasswordWay::Line},
    PasswordForm{"echo ", PasswordWay::Echoed, {" sudo -S", "-stdin", " passwd --stdin", " --batch --passphrase-fd 0"}},
    PasswordForm{"printf ", PasswordWay::Echoed, {" sudo -S", "-stdin"}},
    PasswordForm{"echo ", PasswordWay::EchoedPair, {" chpasswd", " sudo chpasswd"}},
    PasswordForm{"identified by ", PasswordWay::Literal, {}, 12},
    PasswordForm{"with password ", PasswordWay::Literal, {}, 12},
    PasswordForm{"convertto-securestring ", PasswordWay::Literal},
    PasswordForm{"basicauth(", PasswordWay::Argument, {}, 2},
    PasswordForm{"digestauth(", PasswordWay::Argument, {}, 2},
    PasswordForm{"auth=(", PasswordWay::Argument, {}, 2},
    PasswordForm{"auth = (", PasswordWay::Argument, {}, 2},
    PasswordForm{"networkcredential(", PasswordWay::Argument, {}, 2},
    PasswordForm{"usernamepasswordcredentials(", PasswordWay::Argument, {}, 2},
    PasswordForm{"passwordauthentication(", PasswordWay::Argument, {}, 2},
    PasswordForm{"passwordcredential(", PasswordWay::Argument, {}, 2},
    PasswordForm{"credentials.basic(", PasswordWay::Argument, {}, 2},
    PasswordForm{"credentials::new(", PasswordWay::Argument, {}, 2},
    PasswordForm{".login(", PasswordWay::Argument, {}, 2},
    PasswordForm{"plainauth(", PasswordWay::Argument, {}, 3},
    PasswordForm{"mysqli(", PasswordWay::Argument, {}, 3},
    PasswordForm{"mysqli_connect(", PasswordWay::Argument, {}, 3},
    PasswordForm{"pdo(", PasswordWay::Argument, {}, 3},
    PasswordForm{"sequelize(", PasswordWay::Argument, {}, 3},
    PasswordForm{"dbi->connect(", PasswordWay::Argument, {}, 3},
    PasswordForm{"drivermanager.getconnection(", PasswordWay::Argument, {}, 3},
    PasswordForm{"@tcp(", PasswordWay::Before},
    PasswordForm{"@unix(", PasswordWay::Before},
    PasswordForm{"oracle:thin:", PasswordWay::Behind, {}, 0, '/'},
    PasswordForm{"sqlplus ", PasswordWay::Behind, {}, 0, '/'},
};

} // namespace AutoCommit
